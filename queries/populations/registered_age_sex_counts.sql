/*
titel: Aantallen ingeschrevenen per praktijk, gebied, leeftijdsgroep en geslacht
korrel: een rij per praktijk, gebied, leeftijdsgroep, geslacht en maand
*/
with

final as (
    select
        practice_id,
        area_id,
        age_band,
        sex,
        period_start,
        count(*) as patients,
        count(*) filter (where age >= 75) as patients_75plus
    from registered_months
    group by practice_id, area_id, age_band, sex, period_start
)

select * from final
