/*
titel: Ingeschreven patienten met een actieve episode van een aandoening
korrel: een rij per patient, aandoening en maand
*/
with

final as (
    select distinct
        registered_months.practice_id,
        registered_months.patient_id,
        registered_months.area_id,
        registered_months.age,
        registered_months.period_start,
        registered_months.period_index,
        stg_condition_spells.condition
    from registered_months
    inner join stg_periods
        on registered_months.period_index = stg_periods.period_index
    inner join stg_condition_spells
        on registered_months.patient_id = stg_condition_spells.patient_id
    where
        stg_condition_spells.start_date <= stg_periods.period_end
        and stg_condition_spells.end_date > stg_periods.period_end
)

select * from final
