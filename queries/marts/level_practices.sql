/*
titel: Welke praktijken samen een niveau vormen, volgens het nieuwste register
korrel: een rij per soort gebied, niveau, sleutel en praktijk
*/
with

geographies as (
    select geography
    from (
        values
        ('patient'),
        ('praktijk')
    ) as listed (geography)
),

practice_levels as (
    select
        'practice' as level,
        practice_id as id,
        practice_id
    from stg_practices
    union all
    select
        'hagro' as level,
        hagro as id,
        practice_id
    from stg_practices
    where hagro is not null
    union all
    select
        'organisation' as level,
        organisation as id,
        practice_id
    from stg_practices
    where organisation is not null
    union all
    select
        'region' as level,
        'regio' as id,
        practice_id
    from stg_practices
),

area_ids as (
    select area_id
    from stg_areas
    union all
    select 'elders' as area_id
),

final as (
    select
        geographies.geography,
        practice_levels.level,
        practice_levels.id,
        practice_levels.practice_id
    from practice_levels
    cross join geographies
    union all
    -- patients of any practice may live in any area
    select
        'patient' as geography,
        'area' as level,
        area_ids.area_id as id,
        stg_practices.practice_id
    from area_ids
    cross join stg_practices
    union all
    select
        'praktijk' as geography,
        'area' as level,
        area_ids.area_id as id,
        stg_practices.practice_id
    from area_ids
    inner join stg_practices
        on area_ids.area_id = stg_practices.area_id
    union all
    select
        'regio' as geography,
        'area' as level,
        area_id as id,
        'regio' as practice_id
    from stg_areas
    union all
    select
        'regio' as geography,
        'region' as level,
        'regio' as id,
        'regio' as practice_id
    from (
        values
        (1)
    ) as listed (one)
)

select * from final
