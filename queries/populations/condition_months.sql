/*
titel: Ingeschreven patienten met een actieve episode van een aandoening
korrel: een rij per patient, aandoening en maand
*/
with

final as (
    select
        registered_months.practice_id,
        registered_months.patient_id,
        registered_months.area_id,
        registered_months.age,
        registered_months.age_band,
        registered_months.sex,
        registered_months.period_start,
        registered_months.period_index,
        stg_condition_spells.condition
    from registered_months
    inner join stg_condition_spells
        on
            registered_months.patient_id = stg_condition_spells.patient_id
            and registered_months.period_index >= stg_condition_spells.first_index
            and registered_months.period_index < stg_condition_spells.next_index
)

select * from final
