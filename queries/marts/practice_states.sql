/*
titel: Of een praktijk in een maand een waarde kan hebben, niet leverde, of niet van toepassing is
korrel: een rij per eisenpakket (bronnen, venster, wachttijd), praktijk en maand; alleen leden
*/
with

needs as (
    select distinct
        requirement,
        'HIS' as source,
        window_months,
        0 as grace_days
    from indicator_catalogue
    where needs_his
    union all
    select distinct
        requirement,
        'VIPLive' as source,
        window_months,
        -- an answer may still come in after the month; only the platform that records it must reach that far
        grace_days
    from indicator_catalogue
    where needs_viplive
    union all
    select distinct
        requirement,
        'bureau' as source,
        window_months,
        0 as grace_days
    from indicator_catalogue
    where needs_bureau
),

members as (
    select
        practice_id,
        period_start
    from stg_memberships
    union all
    -- the bureau's own counts belong to no practice
    select
        'regio' as practice_id,
        period_start
    from stg_periods
),

sources as (
    select
        practice_id,
        source,
        peildatum,
        history_from,
        -- the first month that the source holds whole
        year(history_from) * 12 + month(history_from)
            + case when day(history_from) > 1 then 1 else 0 end as first_whole_index
    from stg_coverage
),

checked as (
    select
        needs.requirement,
        members.practice_id,
        members.period_start,
        max(
            case
                when sources.practice_id is null then 0
                when needs.window_months = 0 and sources.history_from > stg_periods.period_end then 1
                when
                    needs.window_months > 0
                    and stg_periods.period_index - needs.window_months + 1 < sources.first_whole_index
                    then 1
                else 0
            end
        ) as starts_before_history,
        max(
            case
                when sources.practice_id is null then 1
                when date_diff('day', stg_periods.period_end, sources.peildatum) < needs.grace_days then 1
                else 0
            end
        ) as is_missing
    from needs
    cross join members
    inner join stg_periods
        on members.period_start = stg_periods.period_start
    left join sources
        on
            needs.source = sources.source
            and case when needs.source = 'bureau' then 'regio' else members.practice_id end = sources.practice_id
    group by needs.requirement, members.practice_id, members.period_start
),

-- where a month without a row means that nothing was delivered, not that there was nothing
required_rows as (
    select distinct
        indicator_catalogue.requirement,
        results.practice_id,
        results.period_start
    from indicator_catalogue
    inner join results
        on indicator_catalogue.indicator_id = results.indicator_id
    where indicator_catalogue.needs_row
),

row_requirements as (
    select distinct requirement
    from indicator_catalogue
    where needs_row
),

final as (
    select
        checked.requirement,
        checked.practice_id,
        checked.period_start,
        case
            when checked.starts_before_history = 1 then 'not_applicable'
            when checked.is_missing = 1 then 'not_delivered'
            when row_requirements.requirement is not null and required_rows.requirement is null then 'not_delivered'
            else 'value'
        end as state
    from checked
    left join row_requirements
        on checked.requirement = row_requirements.requirement
    left join required_rows
        on
            checked.requirement = required_rows.requirement
            and checked.practice_id = required_rows.practice_id
            and checked.period_start = required_rows.period_start
)

select * from final
