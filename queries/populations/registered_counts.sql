/*
titel: Aantallen ingeschrevenen per praktijk en gebied
korrel: een rij per praktijk, gebied en maand
*/
with

final as (
    select
        practice_id,
        area_id,
        period_start,
        count(*) as patients,
        count(*) filter (where age >= 75) as patients_75plus
    from registered_months
    group by practice_id, area_id, period_start
)

select * from final
