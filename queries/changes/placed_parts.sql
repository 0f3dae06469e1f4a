/*
titel: De delen van elke praktijk op elk niveau; wie in een van beide registers niet bij het niveau hoorde, telt als lidmaatschap
korrel: een rij per indicator, stratum, niveau, sleutel, vergelijking, praktijk en deel
*/
with

old_places as (
    select
        old_catalogue.indicator_id,
        old_level_members.level,
        old_level_members.id,
        old_level_members.practice_id
    from old_catalogue
    inner join old_level_members
        on
            old_catalogue.geography = old_level_members.geography
            and old_level_members.level <> 'area'
),

new_places as (
    select
        new_catalogue.indicator_id,
        new_level_members.level,
        new_level_members.id,
        new_level_members.practice_id
    from new_catalogue
    inner join new_level_members
        on
            new_catalogue.geography = new_level_members.geography
            and new_level_members.level <> 'area'
),

places as (
    select
        coalesce(old_places.indicator_id, new_places.indicator_id) as indicator_id,
        coalesce(old_places.level, new_places.level) as level,
        coalesce(old_places.id, new_places.id) as id,
        coalesce(old_places.practice_id, new_places.practice_id) as practice_id,
        case
            when old_places.practice_id is null then 'came'
            when new_places.practice_id is null then 'went'
            else 'stayed'
        end as practice_role
    from old_places
    full outer join new_places
        on
            old_places.indicator_id = new_places.indicator_id
            and old_places.level = new_places.level
            and old_places.id = new_places.id
            and old_places.practice_id = new_places.practice_id
),

whole_practices as (
    select
        indicator_id,
        stratum,
        practice_id,
        span,
        part,
        sum(numerator) as numerator,
        sum(denominator) as denominator
    from practice_parts
    group by indicator_id, stratum, practice_id, span, part
),

placed as (
    select
        places.indicator_id,
        whole_practices.stratum,
        places.level,
        places.id,
        whole_practices.span,
        places.practice_id,
        places.practice_role,
        whole_practices.part,
        whole_practices.numerator,
        whole_practices.denominator
    from places
    inner join whole_practices
        on
            places.indicator_id = whole_practices.indicator_id
            and places.practice_id = whole_practices.practice_id
    where
        places.practice_role = 'stayed'
        or whole_practices.part = case when places.practice_role = 'came' then 'after' else 'before' end
),

by_practice as (
    select
        indicator_id,
        stratum,
        level,
        id,
        span,
        practice_id,
        part,
        numerator,
        denominator
    from placed
    union all
    -- all that a practice brings or takes along
    select
        indicator_id,
        stratum,
        level,
        id,
        span,
        practice_id,
        'membership' as part,
        case when practice_role = 'came' then numerator else -numerator end as numerator,
        case when practice_role = 'came' then denominator else -denominator end as denominator
    from placed
    where practice_role <> 'stayed'
),

final as (
    select
        indicator_id,
        stratum,
        level,
        id,
        span,
        practice_id,
        part,
        numerator,
        denominator
    from by_practice
    union all
    select
        indicator_id,
        stratum,
        'area' as level,
        area_id as id,
        span,
        practice_id,
        part,
        numerator,
        denominator
    from practice_parts
)

select * from final
