/*
titel: Het huidige gebied van elk gebied uit het register; een opgeheven gebied gaat naar het gebied met zijn postcodes
korrel: een rij per gebied dat nu bestaat of een opvolger heeft
*/
with

listed as (
    select
        areas.area_id,
        codes.postcode4
    from areas
    cross join unnest(split(areas.postcodes, ' ')) as codes (postcode4)
),

shared as (
    select
        listed.area_id,
        stg_area_postcodes.area_id as successor_id,
        count(*) as postcodes
    from listed
    inner join stg_area_postcodes
        on listed.postcode4 = stg_area_postcodes.postcode4
    left join stg_areas
        on listed.area_id = stg_areas.area_id
    where stg_areas.area_id is null
    group by listed.area_id, stg_area_postcodes.area_id
),

ranked as (
    select
        area_id,
        successor_id,
        row_number() over (
            partition by area_id
            order by postcodes desc, successor_id
        ) as row_rank
    from shared
),

final as (
    select
        area_id,
        area_id as successor_id
    from stg_areas
    union all
    select
        area_id,
        successor_id
    from ranked
    where row_rank = 1
)

select * from final
