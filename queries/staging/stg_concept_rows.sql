/*
titel: Bepalingen en antwoorden per begrip; VIPLive telt na de HIS-nummers
korrel: een rij per bepaling of antwoord
bewaren: nee
*/
with

his_rows as (
    select
        measurements.practice_id,
        measurements.patient_id,
        stg_concepts.concept,
        measurements.measured_on,
        stg_concepts.preference,
        stg_concepts.widest_window,
        measurements.value,
        measurements.answer
    from measurements
    inner join stg_concepts
        on measurements.nhg_number = stg_concepts.nhg_number
),

frailty_rows as (
    select
        practice_id,
        patient_id,
        'kwetsbaarheid' as concept,
        assessed_on as measured_on,
        99 as preference,
        12 as widest_window,
        cast(null as double) as value,
        case
            when frail then 'ja'
            when not frail then 'nee'
        end as answer
    from frailty_assessments
),

-- the latest answer is asked apart from the latest row: an unanswered row hides no earlier answer
answered_frailty_rows as (
    select * from his_rows
    where
        concept = 'kwetsbaarheid'
        and answer is not null
    union all
    select * from frailty_rows
    where answer is not null
),

latest_answer_rows as (
    select
        practice_id,
        patient_id,
        'kwetsbaarheid_antwoord' as concept,
        measured_on,
        preference,
        -- the latest answer ever given counts for pop_kwetsbaar
        1200 as widest_window,
        value,
        answer
    from answered_frailty_rows
),

-- oud_kwetsbaar has its own rule for one day: a yes goes before a no, whatever number or source
yes_first_rows as (
    select
        practice_id,
        patient_id,
        'kwetsbaarheid_ja_eerst' as concept,
        measured_on,
        1 as preference,
        12 as widest_window,
        value,
        answer
    from answered_frailty_rows
),

plan_rows as (
    select
        practice_id,
        patient_id,
        case
            when kind = 'IZP' then 'izp'
            when kind = 'MDO' then 'mdo'
            else 'medicatiebeoordeling'
        end as concept,
        planned_on as measured_on,
        99 as preference,
        12 as widest_window,
        cast(null as double) as value,
        'ja' as answer
    from care_plans
),

final as (
    select * from his_rows
    union all
    select * from frailty_rows
    union all
    select * from latest_answer_rows
    union all
    select * from yes_first_rows
    union all
    select * from plan_rows
)

select * from final
