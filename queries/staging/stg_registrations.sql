/*
titel: Aaneengesloten tijdvakken waarin een patient vast is ingeschreven; passanten tellen nergens
korrel: een rij per patient en tijdvak, tijdvakken van een patient overlappen niet
*/
with

-- distinct: two rows that are equal here have no order, and two windows may take them in two orders
spells as (
    select distinct
        practice_id,
        patient_id,
        registered_from,
        coalesce(registered_until, date '9999-12-31') as registered_until
    from patients
    where category = 'vast'
),

-- two registrations that overlap would count an event twice, so they become one
marked as (
    select
        practice_id,
        patient_id,
        registered_from,
        registered_until,
        max(registered_until) over (
            partition by patient_id
            order by registered_from, registered_until, practice_id
            rows between unbounded preceding and 1 preceding
        ) as covered_until
    from spells
),

numbered as (
    select
        practice_id,
        patient_id,
        registered_from,
        registered_until,
        sum(case when registered_from <= covered_until then 0 else 1 end) over (
            partition by patient_id
            order by registered_from, registered_until, practice_id
            rows between unbounded preceding and current row
        ) as spell_number
    from marked
),

final as (
    select
        practice_id,
        patient_id,
        min(registered_from) as registered_from,
        max(registered_until) as registered_until
    from numbered
    group by practice_id, patient_id, spell_number
)

select * from final
