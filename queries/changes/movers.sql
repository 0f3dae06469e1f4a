/*
titel: Wie op een deel van de vergeleken dagen is ingeschreven: patiënten die kwamen of gingen
korrel: een rij per patient
*/
with

compared_days as (
    select count(*) as days
    from stg_periods
),

registered_days as (
    select
        practice_id,
        patient_id,
        count(*) as days
    from registered_months
    group by practice_id, patient_id
),

final as (
    select
        registered_days.practice_id,
        registered_days.patient_id
    from registered_days
    cross join compared_days
    where registered_days.days < compared_days.days
)

select * from final
