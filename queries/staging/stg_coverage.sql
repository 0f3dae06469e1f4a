/*
titel: Tot welke peildatum en vanaf wanneer elke praktijk per soort bron gegevens heeft
korrel: een rij per praktijk en soort bron
*/
with

final as (
    select
        practice_id,
        source,
        peildatum,
        history_from
    from coverage
)

select * from final
