/*
titel: Elk cijfer zoals het gepubliceerd was en zoals het nu is, met wat de delen er niet van verklaren
korrel: een rij per indicator, stratum, niveau, sleutel en vergelijking; van herziene tijdvakken alleen wat veranderde
*/
with

before_values as (
    select
        compared_spans.span,
        old_values.indicator,
        old_values.stratum,
        old_values.level,
        old_values.id,
        old_values.numerator,
        old_values.denominator,
        old_values.state
    from old_values
    inner join compared_spans
        on old_values.period = compared_spans.period_from
    inner join compared_indicators
        on old_values.indicator = compared_indicators.indicator_id
    where compared_spans.kind <> 'month' or old_values.level = 'region'
),

after_values as (
    select
        compared_spans.span,
        new_values.indicator,
        new_values.stratum,
        new_values.level,
        new_values.id,
        new_values.numerator,
        new_values.denominator,
        new_values.state
    from new_values
    inner join compared_spans
        on new_values.period = compared_spans.period_to
    inner join compared_indicators
        on new_values.indicator = compared_indicators.indicator_id
    where compared_spans.kind <> 'month' or new_values.level = 'region'
),

-- a key that one side does not have is a level, area or stratum that came or went
both_values as (
    select
        coalesce(before_values.span, after_values.span) as span,
        coalesce(before_values.indicator, after_values.indicator) as indicator_id,
        coalesce(before_values.stratum, after_values.stratum) as stratum,
        coalesce(before_values.level, after_values.level) as level,
        coalesce(before_values.id, after_values.id) as id,
        before_values.numerator as numerator_before,
        before_values.denominator as denominator_before,
        coalesce(before_values.state, 'absent') as state_before,
        after_values.numerator as numerator_after,
        after_values.denominator as denominator_after,
        coalesce(after_values.state, 'absent') as state_after
    from before_values
    full outer join after_values
        on
            before_values.span = after_values.span
            and before_values.indicator = after_values.indicator
            and coalesce(before_values.stratum, '') = coalesce(after_values.stratum, '')
            and before_values.level = after_values.level
            and before_values.id = after_values.id
),

explained as (
    select
        indicator_id,
        stratum,
        level,
        id,
        span,
        sum(case when part not in ('before', 'after', 'gap') then numerator else 0 end) as numerator,
        sum(case when part not in ('before', 'after', 'gap') then denominator else 0 end) as denominator
    from change_parts
    group by indicator_id, stratum, level, id, span
),

final as (
    select
        both_values.indicator_id,
        both_values.stratum,
        both_values.level,
        both_values.id,
        both_values.span,
        both_values.numerator_before,
        both_values.denominator_before,
        both_values.state_before,
        both_values.numerator_after,
        both_values.denominator_after,
        both_values.state_after,
        cast(
            both_values.numerator_after - both_values.numerator_before - coalesce(explained.numerator, 0) as bigint
        ) as numerator_unexplained,
        cast(
            both_values.denominator_after - both_values.denominator_before - coalesce(wholes.denominator, 0) as bigint
        ) as denominator_unexplained
    from both_values
    inner join compared_spans
        on both_values.span = compared_spans.span
    left join explained
        on
            both_values.indicator_id = explained.indicator_id
            and coalesce(both_values.stratum, '') = coalesce(explained.stratum, '')
            and both_values.level = explained.level
            and both_values.id = explained.id
            and both_values.span = explained.span
    -- a stratum has the denominator of the whole
    left join explained as wholes
        on
            both_values.indicator_id = wholes.indicator_id
            and wholes.stratum is null
            and both_values.level = wholes.level
            and both_values.id = wholes.id
            and both_values.span = wholes.span
    where
        compared_spans.kind = 'newest'
        or both_values.state_before <> both_values.state_after
        or coalesce(both_values.numerator_before, 0) <> coalesce(both_values.numerator_after, 0)
        or coalesce(both_values.denominator_before, 0) <> coalesce(both_values.denominator_after, 0)
)

select * from final
