/*
titel: Waarden per maand, kwartaal en jaar
korrel: een rij per indicator, stratum, niveau, sleutel en tijdvak; stroom en regio tellen maanden op, een stand neemt de laatste maand
*/
with

spans as (
    select
        period_start,
        period_index,
        cast(year(period_start) as varchar) || '-' || lpad(cast(month(period_start) as varchar), 2, '0') as span,
        1 as expected_months,
        true as is_last_month
    from stg_periods
    union all
    select
        period_start,
        period_index,
        cast(year(period_start) as varchar) || '-Q' || cast(quarter(period_start) as varchar) as span,
        3 as expected_months,
        month(period_start) in (3, 6, 9, 12) as is_last_month
    from stg_periods
    union all
    select
        period_start,
        period_index,
        cast(year(period_start) as varchar) as span,
        12 as expected_months,
        month(period_start) = 12 as is_last_month
    from stg_periods
),

span_lengths as (
    select
        span,
        count(*) as months
    from spans
    group by span
),

aggregated as (
    select
        monthly_values.indicator_id,
        monthly_values.stratum,
        monthly_values.geography,
        monthly_values.has_denominator,
        monthly_values.level,
        monthly_values.id,
        spans.span,
        max(spans.expected_months) as expected_months,
        max(span_lengths.months) as months,
        sum(
            case
                when indicator_catalogue.sums_months or spans.is_last_month then monthly_values.numerator
                else 0
            end
        ) as numerator,
        sum(
            case
                when indicator_catalogue.sums_months or spans.is_last_month then monthly_values.denominator
                else 0
            end
        ) as denominator,
        max(
            case
                when indicator_catalogue.sums_months or spans.is_last_month then monthly_values.members
                else 0
            end
        ) as members,
        min(
            case
                -- the months before a practice joined say nothing about what was delivered
                when indicator_catalogue.sums_months and monthly_values.members > 0 then monthly_values.delivered
                when spans.is_last_month and not indicator_catalogue.sums_months then monthly_values.delivered
            end
        ) as delivered,
        max(case when spans.is_last_month then monthly_values.state end) as last_state,
        count(*) as counted_months,
        count(*) filter (where monthly_values.state = 'not_delivered') as not_delivered_months,
        count(*) filter (where monthly_values.state = 'not_applicable') as not_applicable_months,
        max(case when indicator_catalogue.sums_months then 1 else 0 end) as sums_months
    from monthly_values
    inner join spans
        on monthly_values.period_start = spans.period_start
    inner join span_lengths
        on spans.span = span_lengths.span
    inner join indicator_catalogue
        on monthly_values.indicator_id = indicator_catalogue.indicator_id
    group by
        monthly_values.indicator_id,
        monthly_values.stratum,
        monthly_values.geography,
        monthly_values.has_denominator,
        monthly_values.level,
        monthly_values.id,
        spans.span
),

-- a stratum that was first seen halfway through the span keeps the denominator of the whole span
with_whole as (
    select
        aggregated.indicator_id,
        aggregated.stratum,
        aggregated.geography,
        aggregated.has_denominator,
        aggregated.level,
        aggregated.id,
        aggregated.span,
        aggregated.numerator,
        wholes.denominator,
        wholes.members,
        wholes.delivered,
        case
            when wholes.not_applicable_months = wholes.counted_months then 'not_applicable'
            when wholes.sums_months = 0 and wholes.last_state is null then 'not_delivered'
            when wholes.sums_months = 0 and wholes.last_state in ('not_delivered', 'not_applicable')
                then wholes.last_state
            when wholes.sums_months = 1 and wholes.months < wholes.expected_months then 'not_delivered'
            when wholes.sums_months = 1 and wholes.not_delivered_months > 0 then 'not_delivered'
            when aggregated.has_denominator and wholes.denominator = 0 then 'not_applicable'
            when aggregated.numerator = 0 then 'zero'
            else 'value'
        end as state
    from aggregated
    inner join aggregated as wholes
        on
            aggregated.indicator_id = wholes.indicator_id
            and wholes.stratum is null
            and aggregated.level = wholes.level
            and aggregated.id = wholes.id
            and aggregated.span = wholes.span
),

final as (
    select
        with_whole.indicator_id,
        with_whole.stratum,
        with_whole.level,
        with_whole.id,
        with_whole.span as period,
        case when with_whole.state in ('value', 'zero') then cast(with_whole.numerator as bigint) end as numerator,
        case
            when with_whole.state in ('value', 'zero') and with_whole.has_denominator
                then cast(with_whole.denominator as bigint)
        end as denominator,
        with_whole.state,
        case when with_whole.geography <> 'regio' then coalesce(with_whole.delivered, 0) end as delivered,
        case when with_whole.geography <> 'regio' then with_whole.members end as members
    from with_whole
)

select * from final
