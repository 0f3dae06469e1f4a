/*
titel: Welke van de voorkomende ICPC-codes bij welke aandoening hoort
korrel: een rij per ICPC-code en aandoening
*/
with

codes as (
    select distinct icpc
    from episodes
),

exclusions as (
    select
        condition,
        icpc
    from stg_conditions
    where is_excluded
),

final as (
    select distinct
        codes.icpc,
        stg_conditions.condition
    from codes
    inner join stg_conditions
        on
            -- a three-position code covers its subcodes, a subcode covers itself
            substr(codes.icpc, 1, length(stg_conditions.icpc)) = stg_conditions.icpc
            and not stg_conditions.is_excluded
    left join exclusions
        on
            stg_conditions.condition = exclusions.condition
            and codes.icpc = exclusions.icpc
    where exclusions.icpc is null
)

select * from final
