/*
titel: Aantallen contacten van wie op de dag zelf ingeschreven was, in het gebied van de patient
korrel: een rij per praktijk, gebied, maand, soort en discipline
*/
with

-- no window on contacts is wider than 12 months
reach as (
    select
        cast(min(period_start) - interval '11' month as date) as first_day,
        max(period_end) as last_day
    from stg_periods
),

within_reach as (
    select
        contacts.patient_id,
        contacts.contact_date,
        contacts.kind,
        contacts.discipline
    from contacts
    inner join reach
        on
            contacts.contact_date >= reach.first_day
            and contacts.contact_date <= reach.last_day
),

placed as (
    select
        stg_registrations.practice_id,
        stg_patients.area_id,
        cast(year(within_reach.contact_date) * 12 + month(within_reach.contact_date) as integer) as month_index,
        within_reach.kind,
        within_reach.discipline
    from within_reach
    inner join stg_registrations
        on
            within_reach.patient_id = stg_registrations.patient_id
            and within_reach.contact_date >= stg_registrations.registered_from
            and within_reach.contact_date < stg_registrations.registered_until
    inner join stg_patients
        on within_reach.patient_id = stg_patients.patient_id
),

final as (
    select
        practice_id,
        area_id,
        month_index,
        kind,
        discipline,
        count(*) as contacts
    from placed
    group by practice_id, area_id, month_index, kind, discipline
)

select * from final
