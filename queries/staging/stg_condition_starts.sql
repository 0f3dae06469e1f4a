/*
titel: Wanneer een episode van een aandoening begon, ook als zij inmiddels afgesloten of inactief is
korrel: een rij per episode en aandoening
*/
with

exclusions as (
    select
        condition,
        icpc
    from stg_conditions
    where is_excluded
),

final as (
    select
        episodes.practice_id,
        episodes.patient_id,
        stg_conditions.condition,
        episodes.start_date
    from episodes
    inner join stg_conditions
        on
            -- a three-position code covers its subcodes, a subcode covers itself
            substr(episodes.icpc, 1, length(stg_conditions.icpc)) = stg_conditions.icpc
            and not stg_conditions.is_excluded
    left join exclusions
        on
            stg_conditions.condition = exclusions.condition
            and episodes.icpc = exclusions.icpc
    where exclusions.icpc is null
)

select * from final
