/*
titel: Ingeschreven patienten per maand
korrel: een rij per patient en maand
*/
with

final as (
    select
        stg_registrations.practice_id,
        stg_registrations.patient_id,
        stg_patients.area_id,
        stg_patients.sex,
        -- only the birth year is known: exact in December, it jumps in January
        cast(year(stg_periods.period_end) as integer) - stg_patients.birth_year as age,
        stg_periods.period_start,
        stg_periods.period_index
    from stg_registrations
    inner join stg_patients
        on stg_registrations.patient_id = stg_patients.patient_id
    cross join stg_periods
    where
        stg_registrations.registered_from <= stg_periods.period_end
        and stg_registrations.registered_until > stg_periods.period_end
)

select * from final
