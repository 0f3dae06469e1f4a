/*
titel: Wanneer een episode van een aandoening begon, ook als zij al is afgesloten
korrel: een rij per episode en aandoening
*/
with

final as (
    select
        episodes.practice_id,
        episodes.patient_id,
        stg_icpc_conditions.condition,
        episodes.start_date
    from episodes
    inner join stg_icpc_conditions
        on episodes.icpc = stg_icpc_conditions.icpc
)

select * from final
