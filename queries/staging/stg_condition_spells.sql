/*
titel: Maanden waarin op de laatste dag een episode van een aandoening actief is
korrel: een rij per patient, aandoening en aaneengesloten reeks maanden, van first_index tot (niet met) next_index
*/
with

-- distinct: two rows that are equal here have no order, and two windows may take them in two orders
active_episodes as (
    select distinct
        episodes.practice_id,
        episodes.patient_id,
        stg_icpc_conditions.condition,
        -- active on the last day of the month in which it starts; an end within a month is before that last day or on it
        cast(year(episodes.start_date) * 12 + month(episodes.start_date) as integer) as first_index,
        coalesce(cast(year(episodes.end_date) * 12 + month(episodes.end_date) as integer), 999999) as next_index
    from episodes
    inner join stg_icpc_conditions
        on episodes.icpc = stg_icpc_conditions.icpc
    where
        -- inactive without an end: nobody knows until when it was active, so it never counts
        episodes.end_date is not null
        or coalesce(episodes.status, 'actief') <> 'inactief'
),

marked as (
    select
        practice_id,
        patient_id,
        condition,
        first_index,
        next_index,
        max(next_index) over (
            partition by patient_id, condition
            order by first_index, next_index, practice_id
            rows between unbounded preceding and 1 preceding
        ) as covered_until
    from active_episodes
    where first_index < next_index
),

numbered as (
    select
        practice_id,
        patient_id,
        condition,
        first_index,
        next_index,
        sum(case when first_index <= covered_until then 0 else 1 end) over (
            partition by patient_id, condition
            order by first_index, next_index, practice_id
            rows between unbounded preceding and current row
        ) as spell_number
    from marked
),

final as (
    select
        practice_id,
        patient_id,
        condition,
        min(first_index) as first_index,
        max(next_index) as next_index
    from numbered
    group by practice_id, patient_id, condition, spell_number
)

select * from final
