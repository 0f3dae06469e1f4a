/*
titel: De niveaus die nu worden uitgerekend: die van groepen, of die van enkele praktijken
korrel: een rij per soort gebied, niveau, sleutel en praktijk
*/
with

final as (
    select
        level_practices.geography,
        level_practices.level,
        level_practices.id,
        level_practices.practice_id
    from level_practices
    inner join mart_scope
        on
            level_practices.level = mart_scope.level
            and coalesce(mart_scope.id, level_practices.id) = level_practices.id
)

select * from final
