/*
titel: Tellers, noemers en toestand per niveau en maand
korrel: een rij per indicator, stratum, niveau, sleutel en maand
*/
with

counted as (
    select
        results.indicator_id,
        results.stratum,
        indicator_catalogue.geography,
        results.practice_id,
        case
            when indicator_catalogue.geography = 'regio'
                then coalesce(stg_area_successors.successor_id, results.area_id)
            else results.area_id
        end as area_id,
        results.period_start,
        results.numerator,
        results.denominator
    from results
    inner join indicator_catalogue
        on results.indicator_id = indicator_catalogue.indicator_id
    inner join practice_states
        on
            indicator_catalogue.requirement = practice_states.requirement
            and results.practice_id = practice_states.practice_id
            and results.period_start = practice_states.period_start
    left join stg_area_successors
        on results.area_id = stg_area_successors.area_id
    where
        practice_states.state = 'value'
        -- the rows per age group and sex tell the same patients again
        and results.age_band is null
),

practice_sums as (
    select
        indicator_id,
        stratum,
        geography,
        practice_id,
        period_start,
        sum(numerator) as numerator,
        sum(denominator) as denominator
    from counted
    group by indicator_id, stratum, geography, practice_id, period_start
),

level_sums as (
    select
        practice_sums.indicator_id,
        practice_sums.stratum,
        level_members.level,
        level_members.id,
        practice_sums.period_start,
        sum(practice_sums.numerator) as numerator,
        sum(practice_sums.denominator) as denominator
    from practice_sums
    inner join level_members
        on
            practice_sums.geography = level_members.geography
            and practice_sums.practice_id = level_members.practice_id
            and level_members.level <> 'area'
    group by
        practice_sums.indicator_id,
        practice_sums.stratum,
        level_members.level,
        level_members.id,
        practice_sums.period_start
    union all
    select
        indicator_id,
        stratum,
        'area' as level,
        area_id as id,
        period_start,
        sum(numerator) as numerator,
        sum(denominator) as denominator
    from counted
    group by indicator_id, stratum, area_id, period_start
),

level_states as (
    select
        practice_states.requirement,
        level_members.geography,
        level_members.level,
        level_members.id,
        practice_states.period_start,
        count(*) as members,
        count(*) filter (where practice_states.state = 'value') as delivered,
        count(*) filter (where practice_states.state <> 'not_applicable') as applicable
    from practice_states
    inner join level_members
        on practice_states.practice_id = level_members.practice_id
    group by
        practice_states.requirement,
        level_members.geography,
        level_members.level,
        level_members.id,
        practice_states.period_start
),

level_keys as (
    select distinct
        geography,
        level,
        id
    from level_members
    union
    -- an area without a practice of its own is not applicable, not absent
    select
        'praktijk' as geography,
        level,
        id
    from level_members
    where
        geography = 'patient'
        and level = 'area'
),

wholes as (
    select
        indicator_catalogue.indicator_id,
        indicator_catalogue.requirement,
        indicator_catalogue.geography,
        indicator_catalogue.has_denominator,
        level_keys.level,
        level_keys.id,
        stg_periods.period_start,
        stg_periods.period_index
    from indicator_catalogue
    inner join level_keys
        on indicator_catalogue.geography = level_keys.geography
    cross join stg_periods
),

spine as (
    select
        wholes.indicator_id,
        cast(null as varchar) as stratum,
        wholes.requirement,
        wholes.geography,
        wholes.has_denominator,
        wholes.level,
        wholes.id,
        wholes.period_start,
        wholes.period_index
    from wholes
    union all
    select
        wholes.indicator_id,
        stratum_starts.stratum,
        wholes.requirement,
        wholes.geography,
        wholes.has_denominator,
        wholes.level,
        wholes.id,
        wholes.period_start,
        wholes.period_index
    from wholes
    -- a stratum gets a row from the month in which the region first saw it, zeros included
    inner join stratum_starts
        on
            wholes.indicator_id = stratum_starts.indicator_id
            and wholes.period_start >= stratum_starts.first_period
),

joined as (
    select
        spine.indicator_id,
        spine.stratum,
        spine.geography,
        spine.has_denominator,
        spine.level,
        spine.id,
        spine.period_start,
        spine.period_index,
        coalesce(level_states.members, 0) as members,
        coalesce(level_states.delivered, 0) as delivered,
        coalesce(level_states.applicable, 0) as applicable,
        coalesce(numerators.numerator, 0) as numerator,
        coalesce(whole_sums.denominator, 0) as denominator
    from spine
    left join level_states
        on
            spine.requirement = level_states.requirement
            and spine.geography = level_states.geography
            and spine.level = level_states.level
            and spine.id = level_states.id
            and spine.period_start = level_states.period_start
    left join level_sums as numerators
        on
            spine.indicator_id = numerators.indicator_id
            and coalesce(spine.stratum, '') = coalesce(numerators.stratum, '')
            and spine.level = numerators.level
            and spine.id = numerators.id
            and spine.period_start = numerators.period_start
    left join level_sums as whole_sums
        on
            spine.indicator_id = whole_sums.indicator_id
            and whole_sums.stratum is null
            and spine.level = whole_sums.level
            and spine.id = whole_sums.id
            and spine.period_start = whole_sums.period_start
),

final as (
    select
        indicator_id,
        stratum,
        geography,
        has_denominator,
        level,
        id,
        period_start,
        period_index,
        cast(numerator as bigint) as numerator,
        cast(denominator as bigint) as denominator,
        members,
        delivered,
        case
            when applicable = 0 then 'not_applicable'
            when delivered = 0 then 'not_delivered'
            when has_denominator and denominator = 0 then 'not_applicable'
            when numerator = 0 then 'zero'
            else 'value'
        end as state
    from joined
)

select * from final
