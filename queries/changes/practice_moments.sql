/*
titel: De tellingen die worden vergeleken, elk onder haar eigen definitie, levering en maand
korrel: een rij per indicator, stratum, praktijk, gebied, vergelijking, plaats van de maand en telling
telling: 0 zoals gepubliceerd; 1 de nieuwe levering, zelfde maand; 2 de nieuwe levering, nieuwe maand;
    3 ook de nieuwe definitie; 4 en 5 als 1 en 2 zonder wie kwam of ging; 6 als 5 met de leeftijden van 1
*/
with

-- a flow adds its months up, a stock is its last month
counted_months as (
    select
        old_catalogue.indicator_id,
        compared_months.span,
        compared_months.position,
        compared_months.month_from,
        compared_months.month_to
    from old_catalogue
    inner join compared_months
        on
            compared_months.is_newest
            and (old_catalogue.sums_months or compared_months.is_last)
),

redefined_months as (
    select
        new_catalogue.indicator_id,
        compared_months.span,
        compared_months.position,
        compared_months.month_to
    from new_catalogue
    inner join compared_months
        on
            compared_months.is_newest
            and (new_catalogue.sums_months or compared_months.is_last)
),

moments as (
    select moment
    from (
        values
        (0),
        (1),
        (2),
        (3)
    ) as listed (moment)
),

-- of a period that is compared with itself only what differs: most does not
restated as (
    select
        restated_counts.indicator_id,
        restated_counts.stratum,
        restated_counts.practice_id,
        restated_counts.area_id,
        compared_months.span,
        compared_months.position,
        moments.moment,
        case moments.moment
            when 0 then restated_counts.n0
            when 3 then restated_counts.n3
            else restated_counts.n1
        end as numerator,
        case moments.moment
            when 0 then restated_counts.d0
            when 3 then restated_counts.d3
            else restated_counts.d1
        end as denominator
    from restated_counts
    inner join compared_months
        on
            not compared_months.is_newest
            and restated_counts.period_start = compared_months.month_to
    inner join old_catalogue
        on restated_counts.indicator_id = old_catalogue.indicator_id
    inner join new_catalogue
        on restated_counts.indicator_id = new_catalogue.indicator_id
    cross join moments
    where
        compared_months.is_last
        or case when moments.moment = 3 then new_catalogue.sums_months else old_catalogue.sums_months end
),

final as (
    select
        indicator_id,
        stratum,
        practice_id,
        area_id,
        span,
        position,
        moment,
        numerator,
        denominator
    from restated
    union all
    select
        old_contributions.indicator_id,
        old_contributions.stratum,
        old_contributions.practice_id,
        old_contributions.area_id,
        counted_months.span,
        counted_months.position,
        0 as moment,
        old_contributions.numerator,
        old_contributions.denominator
    from old_contributions
    inner join counted_months
        on
            old_contributions.indicator_id = counted_months.indicator_id
            and old_contributions.period_start = counted_months.month_from
    union all
    select
        kept_contributions.indicator_id,
        kept_contributions.stratum,
        kept_contributions.practice_id,
        kept_contributions.area_id,
        counted_months.span,
        counted_months.position,
        1 as moment,
        kept_contributions.numerator,
        kept_contributions.denominator
    from kept_contributions
    inner join counted_months
        on
            kept_contributions.indicator_id = counted_months.indicator_id
            and kept_contributions.period_start = counted_months.month_from
    union all
    select
        kept_contributions.indicator_id,
        kept_contributions.stratum,
        kept_contributions.practice_id,
        kept_contributions.area_id,
        counted_months.span,
        counted_months.position,
        2 as moment,
        kept_contributions.numerator,
        kept_contributions.denominator
    from kept_contributions
    inner join counted_months
        on
            kept_contributions.indicator_id = counted_months.indicator_id
            and kept_contributions.period_start = counted_months.month_to
    union all
    select
        new_contributions.indicator_id,
        new_contributions.stratum,
        new_contributions.practice_id,
        new_contributions.area_id,
        redefined_months.span,
        redefined_months.position,
        3 as moment,
        new_contributions.numerator,
        new_contributions.denominator
    from new_contributions
    inner join redefined_months
        on
            new_contributions.indicator_id = redefined_months.indicator_id
            and new_contributions.period_start = redefined_months.month_to
    union all
    select
        staying_contributions.indicator_id,
        staying_contributions.stratum,
        staying_contributions.practice_id,
        staying_contributions.area_id,
        counted_months.span,
        counted_months.position,
        4 as moment,
        staying_contributions.numerator,
        staying_contributions.denominator
    from staying_contributions
    inner join counted_months
        on
            staying_contributions.indicator_id = counted_months.indicator_id
            and staying_contributions.span = counted_months.span
            and staying_contributions.period_start = counted_months.month_from
    union all
    select
        staying_contributions.indicator_id,
        staying_contributions.stratum,
        staying_contributions.practice_id,
        staying_contributions.area_id,
        counted_months.span,
        counted_months.position,
        5 as moment,
        staying_contributions.numerator,
        staying_contributions.denominator
    from staying_contributions
    inner join counted_months
        on
            staying_contributions.indicator_id = counted_months.indicator_id
            and staying_contributions.span = counted_months.span
            and staying_contributions.period_start = counted_months.month_to
    union all
    select
        unaged_contributions.indicator_id,
        unaged_contributions.stratum,
        unaged_contributions.practice_id,
        unaged_contributions.area_id,
        counted_months.span,
        counted_months.position,
        6 as moment,
        unaged_contributions.numerator,
        unaged_contributions.denominator
    from unaged_contributions
    inner join counted_months
        on
            unaged_contributions.indicator_id = counted_months.indicator_id
            and unaged_contributions.span = counted_months.span
            and unaged_contributions.period_start = counted_months.month_to
)

select * from final
