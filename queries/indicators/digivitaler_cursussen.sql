/*
titel: Cursussen Digivitaler
vraag: Hoeveel cursussen Digivitaler gaven de bibliotheken in de maand?
waarom: Wie digitaal de weg weet, kan ook digitaal bij de huisarts terecht.
teller: Cursussen Digivitaler in de maand volgens het bureau.
noemer: Geen.
uitsluitingen: Geen.
maat: aantal
soort: regio
klasse: bureau
gebied: regio
bronnen: bureau
venster:
beter: hoger
thema: 13
vakgroep:
aandoeningen:
begrippen:
strata: bibliotheek (code)
jaarcijfer:
bron: Bureauregister, regiofeiten
referentie: Koers 2024, thema 13 De digivaardige patiënt: minstens 1, streef 2 per bibliotheek
bevestigd: ja
auteur: Regiospiegel
gecontroleerd: nog niet
herzien: 2026-11-22
opnieuw: 2027-11-22
aanpak:
*/
with

counted as (
    select
        region_facts.area_id,
        stg_periods.period_start,
        region_facts.code as stratum,
        region_facts.quantity
    from region_facts
    inner join stg_periods
        on
            region_facts.fact_date >= stg_periods.period_start
            and region_facts.fact_date <= stg_periods.period_end
    where region_facts.fact = 'digivitaler_cursus'
),

parts as (
    select
        area_id,
        period_start,
        cast(null as varchar) as stratum,
        quantity
    from counted
    union all
    select
        area_id,
        period_start,
        stratum,
        quantity
    from counted
    where stratum is not null
),

final as (
    select
        'regio' as practice_id,
        area_id,
        period_start,
        stratum,
        cast(sum(quantity) as bigint) as numerator,
        cast(null as bigint) as denominator
    from parts
    group by area_id, period_start, stratum
)

select * from final

/*
voorbeeld: per bibliotheek en samen, in het gebied van de bibliotheek; zonder bibliotheek telt een cursus alleen in het geheel; een andere maand niet
periode: 2022-12

region_facts
area_id    | fact               | fact_date  | quantity | code
nissewaard | digivitaler_cursus | 2022-12-01 | 1        | spijkenisse
nissewaard | digivitaler_cursus | 2022-12-31 | 1        | spijkenisse
nissewaard | digivitaler_cursus | 2022-12-15 | 1        | zuidland
nissewaard | digivitaler_cursus | 2022-12-15 | 1        |
regio      | digivitaler_cursus | 2022-12-15 | 2        | online
nissewaard | digivitaler_cursus | 2022-11-30 | 3        | spijkenisse

verwacht
area_id    | period_start | stratum     | numerator | denominator
nissewaard | 2022-12-01   |             | 4         |
nissewaard | 2022-12-01   | spijkenisse | 2         |
nissewaard | 2022-12-01   | zuidland    | 1         |
regio      | 2022-12-01   |             | 2         |
regio      | 2022-12-01   | online      | 2         |
*/
