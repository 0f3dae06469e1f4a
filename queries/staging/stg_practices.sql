/*
titel: De praktijken van het nieuwste register met hun eigen gebied, hagro en organisatie
korrel: een rij per praktijk
*/
with

ranked as (
    select
        practice_id,
        name,
        organisation,
        hagro,
        area_id,
        his,
        row_number() over (
            partition by practice_id
            order by
                coalesce(joined_on, date '1900-01-01') desc,
                coalesce(left_on, date '9999-12-31') desc,
                name,
                organisation,
                hagro,
                area_id,
                his
        ) as row_rank
    from practices
),

final as (
    select
        ranked.practice_id,
        ranked.name,
        ranked.organisation,
        ranked.hagro,
        -- an own area outside the register, or none at all, counts as elsewhere
        coalesce(stg_area_successors.successor_id, 'elders') as area_id,
        ranked.his
    from ranked
    left join stg_area_successors
        on ranked.area_id = stg_area_successors.area_id
    where ranked.row_rank = 1
)

select * from final
