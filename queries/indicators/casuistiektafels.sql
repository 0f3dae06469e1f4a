/*
titel: Casuïstiektafels
vraag: Hoeveel casuïstiektafels waren er in de maand?
waarom: Aan de tafel denken specialist, huisarts en anderen samen over de moeilijkste situaties.
teller: Casuïstiektafels in de maand volgens het bureau, ouderenzorg en ggz samen.
noemer: Geen.
uitsluitingen: Geen.
maat: aantal
soort: regio
klasse: bureau
gebied: regio
bronnen: bureau
venster:
beter: hoger
thema: 37
vakgroep: ouderenzorg
aandoeningen:
begrippen:
strata:
jaarcijfer:
bron: Bureauregister, regiofeiten
referentie: Koers 2024, thema 37 Casuïstiektafel complexe ouderenzorg en thema 29 Casuïstiektafel ggz
bevestigd: ja
auteur: Regiospiegel
gecontroleerd: nog niet
herzien: 2026-11-22
opnieuw: 2027-11-22
aanpak:
*/
with

final as (
    select
        'regio' as practice_id,
        region_facts.area_id,
        stg_periods.period_start,
        cast(sum(region_facts.quantity) as bigint) as numerator,
        cast(null as bigint) as denominator
    from region_facts
    inner join stg_periods
        on
            region_facts.fact_date >= stg_periods.period_start
            and region_facts.fact_date <= stg_periods.period_end
    where region_facts.fact = 'casuistiektafel'
    group by region_facts.area_id, stg_periods.period_start
)

select * from final

/*
voorbeeld: de feiten van de maand worden opgeteld; een ander feit of een andere maand niet
periode: 2022-11..2022-12

region_facts
area_id | fact             | fact_date  | quantity
regio   | casuistiektafel  | 2022-12-01 | 1
regio   | casuistiektafel  | 2022-12-31 | 1
regio   | casuistiektafel  | 2022-11-30 | 1
regio   | patz_bijeenkomst | 2022-12-15 | 5

verwacht
practice_id | area_id | period_start | numerator | denominator
regio       | regio   | 2022-11-01   | 1         |
regio       | regio   | 2022-12-01   | 2         |
*/
