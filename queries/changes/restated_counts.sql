/*
titel: Wat van dezelfde maand anders is dan gepubliceerd, of van een praktijk die van hagro of organisatie wisselde
korrel: een rij per indicator, stratum, praktijk, gebied en maand
telling: 0 zoals gepubliceerd; 1 de nieuwe levering; 3 ook de nieuwe definitie
*/
with

stacked as (
    select
        indicator_id,
        stratum,
        practice_id,
        area_id,
        period_start,
        0 as moment,
        numerator,
        coalesce(denominator, 0) as denominator
    from old_contributions
    union all
    select
        indicator_id,
        stratum,
        practice_id,
        area_id,
        period_start,
        1 as moment,
        numerator,
        coalesce(denominator, 0) as denominator
    from kept_contributions
    union all
    select
        indicator_id,
        stratum,
        practice_id,
        area_id,
        period_start,
        3 as moment,
        numerator,
        coalesce(denominator, 0) as denominator
    from new_contributions
),

pivoted as (
    select
        indicator_id,
        stratum,
        practice_id,
        area_id,
        period_start,
        sum(case when moment = 0 then numerator else 0 end) as n0,
        sum(case when moment = 1 then numerator else 0 end) as n1,
        sum(case when moment = 3 then numerator else 0 end) as n3,
        sum(case when moment = 0 then denominator else 0 end) as d0,
        sum(case when moment = 1 then denominator else 0 end) as d1,
        sum(case when moment = 3 then denominator else 0 end) as d3
    from stacked
    group by indicator_id, stratum, practice_id, area_id, period_start
),

moved_practices as (
    select distinct coalesce(old_level_members.practice_id, new_level_members.practice_id) as practice_id
    from old_level_members
    full outer join new_level_members
        on
            old_level_members.geography = new_level_members.geography
            and old_level_members.level = new_level_members.level
            and old_level_members.id = new_level_members.id
            and old_level_members.practice_id = new_level_members.practice_id
    where
        old_level_members.practice_id is null
        or new_level_members.practice_id is null
),

final as (
    select
        pivoted.indicator_id,
        pivoted.stratum,
        pivoted.practice_id,
        pivoted.area_id,
        pivoted.period_start,
        pivoted.n0,
        pivoted.n1,
        pivoted.n3,
        pivoted.d0,
        pivoted.d1,
        pivoted.d3
    from pivoted
    left join moved_practices
        on pivoted.practice_id = moved_practices.practice_id
    where
        moved_practices.practice_id is not null
        or pivoted.n0 <> pivoted.n1
        or pivoted.n1 <> pivoted.n3
        or pivoted.d0 <> pivoted.d1
        or pivoted.d1 <> pivoted.d3
)

select * from final
