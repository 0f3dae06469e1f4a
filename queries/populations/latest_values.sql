/*
titel: De laatste waarde per begrip, met de maanden waarin zij de laatste is
korrel: een rij per patient, begrip en maand met een waarde; geldig van first_index tot (niet met) next_index
*/
with

-- what lies before the widest window of the first period can decide nothing
reach as (
    select
        min(period_index) as first_index,
        max(period_index) as last_index
    from stg_periods
),

within_reach as (
    select
        stg_concept_rows.patient_id,
        stg_concept_rows.concept,
        stg_concept_rows.measured_on,
        stg_concept_rows.preference,
        stg_concept_rows.value,
        stg_concept_rows.answer,
        cast(
            year(stg_concept_rows.measured_on) * 12 + month(stg_concept_rows.measured_on) as integer
        ) as month_index
    from stg_concept_rows
    cross join reach
    where
        year(stg_concept_rows.measured_on) * 12 + month(stg_concept_rows.measured_on) <= reach.last_index
        and year(stg_concept_rows.measured_on) * 12 + month(stg_concept_rows.measured_on)
            > reach.first_index - stg_concept_rows.widest_window
),

ranked as (
    select
        patient_id,
        concept,
        month_index,
        value,
        answer,
        row_number() over (
            partition by patient_id, concept, month_index
            order by
                measured_on desc,
                preference,
                value desc nulls last,
                -- of answers of one number on one day: ja before nee, rookt before gestopt before nooit
                case answer
                    when 'ja' then 1
                    when 'rookt' then 1
                    when 'gestopt' then 2
                    when 'nee' then 3
                    when 'nooit' then 3
                    else 4
                end,
                answer nulls last
        ) as row_rank
    from within_reach
),

final as (
    select
        patient_id,
        concept,
        value,
        answer,
        month_index as first_index,
        coalesce(
            lead(month_index) over (
                partition by patient_id, concept
                order by month_index
            ),
            999999
        ) as next_index
    from ranked
    where row_rank = 1
)

select * from final
