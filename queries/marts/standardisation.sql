/*
titel: Wat een niveau zou tellen als elke leeftijdsgroep van elk geslacht het aandeel van de regio had
korrel: een rij per indicator, niveau, sleutel en tijdvak waarin het niveau een noemer heeft
*/
with

counted as (
    select
        results.indicator_id,
        results.practice_id,
        results.area_id,
        results.age_band,
        results.sex,
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
    where
        practice_states.state = 'value'
        and results.age_band is not null
),

-- in whole millionths of a patient, so that the order of adding up changes nothing
expected as (
    select
        counted.indicator_id,
        counted.practice_id,
        counted.area_id,
        counted.period_start,
        counted.numerator,
        counted.denominator,
        cast(
            round(
                cast(counted.denominator as double) * age_sex_counts.numerator / age_sex_counts.denominator * 1e6
            ) as bigint
        ) as expected_millionths
    from counted
    inner join age_sex_counts
        on
            counted.indicator_id = age_sex_counts.indicator_id
            and counted.age_band = age_sex_counts.age_band
            and counted.sex = age_sex_counts.sex
            and counted.period_start = age_sex_counts.period_start
    where age_sex_counts.denominator > 0
),

placed as (
    select
        indicator_id,
        practice_id,
        area_id,
        period_start,
        sum(numerator) as numerator,
        sum(denominator) as denominator,
        sum(expected_millionths) as expected_millionths
    from expected
    group by indicator_id, practice_id, area_id, period_start
),

practice_sums as (
    select
        indicator_id,
        practice_id,
        period_start,
        sum(numerator) as numerator,
        sum(denominator) as denominator,
        sum(expected_millionths) as expected_millionths
    from placed
    group by indicator_id, practice_id, period_start
),

level_sums as (
    select
        practice_sums.indicator_id,
        level_practices.level,
        level_practices.id,
        practice_sums.period_start,
        sum(practice_sums.denominator) as denominator,
        sum(practice_sums.expected_millionths) as expected_millionths
    from practice_sums
    inner join level_practices
        on
            practice_sums.practice_id = level_practices.practice_id
            and level_practices.geography = 'patient'
            and level_practices.level <> 'area'
    group by
        practice_sums.indicator_id,
        level_practices.level,
        level_practices.id,
        practice_sums.period_start
    union all
    select
        indicator_id,
        'area' as level,
        area_id as id,
        period_start,
        sum(denominator) as denominator,
        sum(expected_millionths) as expected_millionths
    from placed
    group by indicator_id, area_id, period_start
),

region_shares as (
    select
        indicator_id,
        period_start,
        cast(sum(numerator) as double) / nullif(cast(sum(denominator) as double), 0e0) as share
    from practice_sums
    group by indicator_id, period_start
),

final as (
    select
        level_sums.indicator_id as indicator,
        level_sums.level,
        level_sums.id,
        stock_spans.span as period,
        cast(level_sums.expected_millionths as double) / 1e6 as expected,
        -- the crude share and its limits times this are the standardised ones: observed / expected x the region's share
        cast(level_sums.denominator as double) * region_shares.share
        / nullif(cast(level_sums.expected_millionths as double) / 1e6, 0e0) as factor
    from level_sums
    inner join region_shares
        on
            level_sums.indicator_id = region_shares.indicator_id
            and level_sums.period_start = region_shares.period_start
    inner join stock_spans
        on level_sums.period_start = stock_spans.period_start
    where level_sums.denominator > 0
)

select * from final
