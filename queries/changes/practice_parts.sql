/*
titel: De verandering van elke praktijk, in patiënten uitgesplitst naar oorzaak
korrel: een rij per indicator, stratum, praktijk, gebied, vergelijking en deel; alleen delen die niet nul zijn
delen: before en after zijn de twee standen zelf; zorg, lidmaatschap, vergrijzing, in- en uitschrijving (moves), correctie,
    indeling (layout) en definitie tellen samen op tot het verschil. Ontbreekt de maand in de nieuwe levering, dan is zorg niet
    van registratie te scheiden en is alles correctie of indeling (gap).
*/
with

pivoted as (
    select
        indicator_id,
        stratum,
        practice_id,
        area_id,
        span,
        position,
        sum(case when moment = 0 then numerator else 0 end) as n0,
        sum(case when moment = 1 then numerator else 0 end) as n1,
        sum(case when moment = 2 then numerator else 0 end) as n2,
        sum(case when moment = 3 then numerator else 0 end) as n3,
        sum(case when moment = 4 then numerator else 0 end) as n4,
        sum(case when moment = 5 then numerator else 0 end) as n5,
        sum(case when moment = 6 then numerator else 0 end) as n6,
        sum(case when moment = 0 then coalesce(denominator, 0) else 0 end) as d0,
        sum(case when moment = 1 then coalesce(denominator, 0) else 0 end) as d1,
        sum(case when moment = 2 then coalesce(denominator, 0) else 0 end) as d2,
        sum(case when moment = 3 then coalesce(denominator, 0) else 0 end) as d3,
        sum(case when moment = 4 then coalesce(denominator, 0) else 0 end) as d4,
        sum(case when moment = 5 then coalesce(denominator, 0) else 0 end) as d5,
        sum(case when moment = 6 then coalesce(denominator, 0) else 0 end) as d6
    from practice_moments
    group by indicator_id, stratum, practice_id, area_id, span, position
),

flagged as (
    select
        pivoted.indicator_id,
        pivoted.stratum,
        pivoted.practice_id,
        pivoted.area_id,
        pivoted.span,
        pivoted.n0,
        pivoted.n1,
        pivoted.n2,
        pivoted.n3,
        pivoted.n4,
        pivoted.n5,
        pivoted.n6,
        pivoted.d0,
        pivoted.d1,
        pivoted.d2,
        pivoted.d3,
        pivoted.d4,
        pivoted.d5,
        pivoted.d6,
        (old_inclusions.practice_id is not null) <> (inclusions_after.practice_id is not null) as is_membership,
        old_inclusions.practice_id is not null and inclusions_after.practice_id is not null as is_constant,
        inclusions_before.practice_id is null as is_gap,
        compared_indicators.is_rerun,
        relaid_practices.practice_id is not null and old_catalogue.needs_his as is_relaid
    from pivoted
    inner join compared_indicators
        on pivoted.indicator_id = compared_indicators.indicator_id
    inner join old_catalogue
        on pivoted.indicator_id = old_catalogue.indicator_id
    inner join compared_months
        on
            pivoted.span = compared_months.span
            and pivoted.position = compared_months.position
    left join old_inclusions
        on
            pivoted.indicator_id = old_inclusions.indicator_id
            and pivoted.practice_id = old_inclusions.practice_id
            and compared_months.month_from = old_inclusions.period_start
    left join kept_inclusions as inclusions_before
        on
            pivoted.indicator_id = inclusions_before.indicator_id
            and pivoted.practice_id = inclusions_before.practice_id
            and compared_months.month_from = inclusions_before.period_start
    left join kept_inclusions as inclusions_after
        on
            pivoted.indicator_id = inclusions_after.indicator_id
            and pivoted.practice_id = inclusions_after.practice_id
            and compared_months.month_to = inclusions_after.period_start
    left join relaid_practices
        on pivoted.practice_id = relaid_practices.practice_id
),

-- of a practice in both: what the other delivery says of the same month, and what time did. Without that month in the other
-- delivery all that changed is registration
steps as (
    select
        indicator_id,
        stratum,
        practice_id,
        area_id,
        span,
        is_rerun,
        is_relaid,
        is_constant and is_gap as is_gap,
        n0,
        n3,
        d0,
        d3,
        n3 - n2 as redefined_n,
        d3 - d2 as redefined_d,
        case when is_membership then n2 - n0 else 0 end as membership_n,
        case when is_membership then d2 - d0 else 0 end as membership_d,
        case when not is_constant then 0 when is_gap then n2 - n0 else n1 - n0 end as restated_n,
        case when not is_constant then 0 when is_gap then d2 - d0 else d1 - d0 end as restated_d,
        case when is_constant and not is_gap then (n2 - n1) - (n5 - n4) else 0 end as moves_n,
        case when is_constant and not is_gap then (d2 - d1) - (d5 - d4) else 0 end as moves_d,
        case when is_constant and not is_gap then n5 - n6 else 0 end as ageing_n,
        case when is_constant and not is_gap then d5 - d6 else 0 end as ageing_d,
        case when is_constant and not is_gap then n6 - n4 else 0 end as care_n,
        case when is_constant and not is_gap then d6 - d4 else 0 end as care_d
    from flagged
),

part_names as (
    select part
    from (
        values
        ('before'),
        ('after'),
        ('care'),
        ('membership'),
        ('ageing'),
        ('moves'),
        ('correction'),
        ('layout'),
        ('definition'),
        ('gap')
    ) as listed (part)
),

split_up as (
    select
        steps.indicator_id,
        steps.stratum,
        steps.practice_id,
        steps.area_id,
        steps.span,
        part_names.part,
        case part_names.part
            when 'before' then steps.n0
            when 'after' then steps.n3
            when 'care' then steps.care_n
            when 'membership' then steps.membership_n
            when 'ageing' then steps.ageing_n
            when 'moves' then steps.moves_n
            when 'correction' then case when steps.is_rerun and not steps.is_relaid then steps.restated_n else 0 end
            when 'layout' then case when steps.is_rerun and steps.is_relaid then steps.restated_n else 0 end
            when 'definition' then steps.redefined_n + case when steps.is_rerun then 0 else steps.restated_n end
            when 'gap' then case when steps.is_gap then steps.restated_n else 0 end
        end as numerator,
        case part_names.part
            when 'before' then steps.d0
            when 'after' then steps.d3
            when 'care' then steps.care_d
            when 'membership' then steps.membership_d
            when 'ageing' then steps.ageing_d
            when 'moves' then steps.moves_d
            when 'correction' then case when steps.is_rerun and not steps.is_relaid then steps.restated_d else 0 end
            when 'layout' then case when steps.is_rerun and steps.is_relaid then steps.restated_d else 0 end
            when 'definition' then steps.redefined_d + case when steps.is_rerun then 0 else steps.restated_d end
            when 'gap' then case when steps.is_gap then steps.restated_d else 0 end
        end as denominator
    from steps
    cross join part_names
),

final as (
    select
        indicator_id,
        stratum,
        practice_id,
        area_id,
        span,
        part,
        cast(sum(numerator) as bigint) as numerator,
        cast(sum(denominator) as bigint) as denominator
    from split_up
    group by indicator_id, stratum, practice_id, area_id, span, part
    having sum(numerator) <> 0 or sum(denominator) <> 0
)

select * from final
