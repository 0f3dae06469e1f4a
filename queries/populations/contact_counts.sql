/*
titel: Aantallen contacten van wie op de dag zelf ingeschreven was, in het gebied van de patient
korrel: een rij per praktijk, gebied, maand, soort en discipline
*/
with

-- no window on contacts is wider than 12 months
reach as (
    select
        min(period_index) - 11 as first_index,
        max(period_index) as last_index
    from stg_periods
),

contact_months as (
    select
        patient_id,
        contact_date,
        kind,
        discipline,
        cast(year(contact_date) * 12 + month(contact_date) as integer) as month_index
    from contacts
),

final as (
    select
        stg_registrations.practice_id,
        stg_patients.area_id,
        contact_months.month_index,
        contact_months.kind,
        contact_months.discipline,
        count(*) as contacts
    from contact_months
    inner join reach
        on
            contact_months.month_index >= reach.first_index
            and contact_months.month_index <= reach.last_index
    inner join stg_registrations
        on
            contact_months.patient_id = stg_registrations.patient_id
            and contact_months.contact_date >= stg_registrations.registered_from
            and contact_months.contact_date < stg_registrations.registered_until
    inner join stg_patients
        on contact_months.patient_id = stg_patients.patient_id
    group by
        stg_registrations.practice_id,
        stg_patients.area_id,
        contact_months.month_index,
        contact_months.kind,
        contact_months.discipline
)

select * from final
