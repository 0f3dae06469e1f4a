/*
titel: Ingeschreven patienten per maand
korrel: een rij per patient en maand
*/
with

spells as (
    select
        stg_registrations.practice_id,
        stg_registrations.patient_id,
        stg_patients.area_id,
        stg_patients.sex,
        stg_patients.birth_year,
        -- registered on the last day of the month: from the month it begins up to, not with, the month it ends
        year(stg_registrations.registered_from) * 12 + month(stg_registrations.registered_from) as first_index,
        year(stg_registrations.registered_until) * 12 + month(stg_registrations.registered_until) as next_index
    from stg_registrations
    inner join stg_patients
        on stg_registrations.patient_id = stg_patients.patient_id
),

registered as (
    select
        spells.practice_id,
        spells.patient_id,
        spells.area_id,
        spells.sex,
        -- only the birth year is known: exact in December, it jumps in January
        cast(year(stg_periods.period_start) as integer) - spells.birth_year as age,
        stg_periods.period_start,
        stg_periods.period_index
    from spells
    cross join stg_periods
    where
        spells.first_index <= stg_periods.period_index
        and spells.next_index > stg_periods.period_index
),

final as (
    select
        practice_id,
        patient_id,
        area_id,
        sex,
        age,
        -- the lowest age of the group that standardised values compare within
        case
            when age >= 75 then 75
            when age >= 65 then 65
            when age >= 45 then 45
            when age >= 18 then 18
            else 0
        end as age_band,
        period_start,
        period_index
    from registered
)

select * from final
