/*
titel: Tijdvakken waarin een episode van een aandoening actief is
korrel: een rij per episode en aandoening
*/
with

open_episodes as (
    select
        practice_id,
        patient_id,
        icpc,
        start_date,
        coalesce(end_date, date '9999-12-31') as end_date
    from episodes
    where
        -- inactive without an end: nobody knows until when it was active, so it never counts
        end_date is not null
        or coalesce(status, 'actief') <> 'inactief'
),

exclusions as (
    select
        condition,
        icpc
    from stg_conditions
    where is_excluded
),

final as (
    select
        open_episodes.practice_id,
        open_episodes.patient_id,
        stg_conditions.condition,
        open_episodes.start_date,
        open_episodes.end_date
    from open_episodes
    inner join stg_conditions
        on
            -- a three-position code covers its subcodes, a subcode covers itself
            substr(open_episodes.icpc, 1, length(stg_conditions.icpc)) = stg_conditions.icpc
            and not stg_conditions.is_excluded
    left join exclusions
        on
            stg_conditions.condition = exclusions.condition
            and open_episodes.icpc = exclusions.icpc
    where exclusions.icpc is null
)

select * from final
