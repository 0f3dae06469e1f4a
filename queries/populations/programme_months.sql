/*
titel: Ingeschreven patienten in een ketenzorgprogramma, en of een deelname al voor het venster van 12 maanden begon
korrel: een rij per patient, programma en maand; wie in HVZ is, is niet in VRM
*/
with

-- of two rows of one programme the earlier start decides; rows that follow each other are not one
enrolled as (
    select
        stg_programme_spells.patient_id,
        stg_programme_spells.programme,
        stg_periods.period_index,
        min(stg_programme_spells.first_index) as first_index
    from stg_programme_spells
    cross join stg_periods
    where
        stg_programme_spells.first_index <= stg_periods.period_index
        and stg_programme_spells.next_index > stg_periods.period_index
    group by
        stg_programme_spells.patient_id,
        stg_programme_spells.programme,
        stg_periods.period_index
),

hvz_patients as (
    select
        patient_id,
        period_index
    from enrolled
    where programme = 'HVZ'
),

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
        enrolled.programme,
        enrolled.first_index <= enrolled.period_index - 12 as is_year_long
    from enrolled
    inner join registered_months
        on
            enrolled.patient_id = registered_months.patient_id
            and enrolled.period_index = registered_months.period_index
    left join hvz_patients
        on
            enrolled.patient_id = hvz_patients.patient_id
            and enrolled.period_index = hvz_patients.period_index
    where
        enrolled.programme <> 'VRM'
        or hvz_patients.patient_id is null
)

select * from final
