/*
titel: Ingeschreven patienten in een ketenzorgprogramma, en of een deelname al voor het venster van 12 maanden begon
korrel: een rij per patient, programma en maand; wie in HVZ is, is niet in VRM
*/
with

enrolled as (
    select
        registered_months.practice_id,
        registered_months.patient_id,
        registered_months.area_id,
        registered_months.age,
        registered_months.period_start,
        registered_months.period_index,
        stg_programme_spells.programme,
        max(
            case
                when year(stg_programme_spells.start_date) * 12 + month(stg_programme_spells.start_date)
                    <= registered_months.period_index - 12
                    then 1
                else 0
            end
        ) as year_long
    from registered_months
    inner join stg_periods
        on registered_months.period_index = stg_periods.period_index
    inner join stg_programme_spells
        on registered_months.patient_id = stg_programme_spells.patient_id
    where
        stg_programme_spells.start_date <= stg_periods.period_end
        and stg_programme_spells.end_date > stg_periods.period_end
    group by
        registered_months.practice_id,
        registered_months.patient_id,
        registered_months.area_id,
        registered_months.age,
        registered_months.period_start,
        registered_months.period_index,
        stg_programme_spells.programme
),

hvz_patients as (
    select
        patient_id,
        period_start
    from enrolled
    where programme = 'HVZ'
),

final as (
    select
        enrolled.practice_id,
        enrolled.patient_id,
        enrolled.area_id,
        enrolled.age,
        enrolled.period_start,
        enrolled.period_index,
        enrolled.programme,
        enrolled.year_long = 1 as is_year_long
    from enrolled
    left join hvz_patients
        on
            enrolled.patient_id = hvz_patients.patient_id
            and enrolled.period_start = hvz_patients.period_start
    where
        enrolled.programme <> 'VRM'
        or hvz_patients.patient_id is null
)

select * from final
