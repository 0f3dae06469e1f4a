/*
titel: De delen van elke verandering, met hoeveel praktijken eraan bijdragen en wat de grootste bijdraagt
korrel: een rij per indicator, stratum, niveau, sleutel, vergelijking en deel; alleen delen die niet nul zijn; een stratum
    heeft de noemer van het geheel, en die staat alleen daar
*/
with

final as (
    select
        indicator_id,
        stratum,
        level,
        id,
        span,
        part,
        cast(sum(numerator) as bigint) as numerator,
        cast(sum(denominator) as bigint) as denominator,
        cast(count(*) filter (where numerator <> 0) as bigint) as numerator_practices,
        cast(max(abs(numerator)) as bigint) as numerator_largest,
        cast(sum(abs(numerator)) as bigint) as numerator_gross,
        cast(count(*) filter (where denominator <> 0) as bigint) as denominator_practices,
        cast(max(abs(denominator)) as bigint) as denominator_largest,
        cast(sum(abs(denominator)) as bigint) as denominator_gross
    from placed_parts
    group by indicator_id, stratum, level, id, span, part
)

select * from final
