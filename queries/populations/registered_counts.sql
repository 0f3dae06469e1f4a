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
        cast(sum(patients) as bigint) as patients,
        cast(sum(patients_75plus) as bigint) as patients_75plus
    from registered_age_sex_counts
    group by practice_id, area_id, period_start
)

select * from final
