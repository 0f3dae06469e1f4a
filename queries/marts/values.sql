/*
titel: Waarden met 95%-interval: Wilson voor een aandeel, exact Poisson voor een aantal, geen voor een ratio
korrel: een rij per indicator, stratum, niveau, sleutel en tijdvak
*/
with

measured as (
    select
        span_values.indicator_id,
        span_values.stratum,
        span_values.level,
        span_values.id,
        span_values.period,
        span_values.numerator,
        span_values.denominator,
        span_values.state,
        span_values.delivered,
        span_values.members,
        indicator_catalogue.measure,
        indicator_catalogue.scale,
        cast(span_values.numerator as double) as n,
        cast(span_values.denominator as double) as d,
        -- a rate per 1.000 where there is a denominator, else the count itself
        case
            when span_values.denominator is null then 1e0
            else indicator_catalogue.scale / nullif(cast(span_values.denominator as double), 0e0)
        end as unit,
        poisson_limits.low as poisson_low,
        poisson_limits.high as poisson_high,
        1.959963984540054e0 as z
    from span_values
    inner join indicator_catalogue
        on span_values.indicator_id = indicator_catalogue.indicator_id
    left join poisson_limits
        on
            indicator_catalogue.measure = 'aantal'
            and span_values.numerator = poisson_limits.events
),

final as (
    select
        indicator_id as indicator,
        stratum,
        level,
        id,
        period,
        numerator,
        denominator,
        n * unit as value,
        case
            when measure = 'aandeel' and n is not null
                then greatest(0e0, (n + z * z / 2e0 - z * sqrt(n * (d - n) / d + z * z / 4e0)) / (d + z * z))
            when measure = 'aantal' then poisson_low * unit
        end as low,
        case
            when measure = 'aandeel' and n is not null
                then least(1e0, (n + z * z / 2e0 + z * sqrt(n * (d - n) / d + z * z / 4e0)) / (d + z * z))
            when measure = 'aantal' then poisson_high * unit
        end as high,
        state,
        cast(delivered as integer) as delivered,
        cast(members as integer) as members
    from measured
)

select * from final
