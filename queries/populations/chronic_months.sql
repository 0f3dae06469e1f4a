/*
titel: Patienten in de chronische zorg: ziekte actief, oud genoeg, minstens 12 maanden in het programma
korrel: een rij per patient, zorgprogramma (dm, hvz, vrm, copd, astma) en maand
*/
with

care_programmes as (
    select
        care,
        programme,
        condition,
        lowest_age
    from (
        values
        ('dm', 'DM2', 'dm2', 18),
        ('hvz', 'HVZ', 'hvz', 18),
        ('vrm', 'VRM', 'vrm', 18),
        ('copd', 'COPD', 'copd', 40),
        ('astma', 'ASTMA', 'astma', 16)
    ) as listed (care, programme, condition, lowest_age)
),

final as (
    select
        programme_months.practice_id,
        programme_months.patient_id,
        programme_months.area_id,
        programme_months.age,
        programme_months.age_band,
        programme_months.sex,
        programme_months.period_start,
        programme_months.period_index,
        care_programmes.care
    from programme_months
    inner join care_programmes
        on programme_months.programme = care_programmes.programme
    inner join condition_months
        on
            programme_months.patient_id = condition_months.patient_id
            and programme_months.period_index = condition_months.period_index
            and care_programmes.condition = condition_months.condition
    where
        programme_months.is_year_long
        and programme_months.age >= care_programmes.lowest_age
)

select * from final
