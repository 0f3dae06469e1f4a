/*
titel: Meldingen bij het Regionaal Coördinatiepunt
vraag: Hoeveel meldingen kreeg het Regionaal Coördinatiepunt in de maand?
waarom: Laat zien hoe vaak de regio een tijdelijke verblijfsplaats zoekt bij een acuut zorgprobleem.
teller: Meldingen in de maand volgens het bureau.
noemer: Geen.
uitsluitingen: Geen.
maat: aantal
soort: regio
klasse: bureau
gebied: regio
bronnen: bureau
venster:
beter: geen
thema:
vakgroep:
aandoeningen:
begrippen:
strata:
jaarcijfer:
bron: Bureauregister, regiofeiten
referentie: Jaarverslag 2022, Regionaal Coördinatiepunt
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
    where region_facts.fact = 'rcp_melding'
    group by region_facts.area_id, stg_periods.period_start
)

select * from final

/*
voorbeeld: de feiten van de maand worden opgeteld
periode: 2022-12

region_facts
area_id | fact        | fact_date  | quantity
regio   | rcp_melding | 2022-12-01 | 10
regio   | rcp_melding | 2022-12-31 | 5
regio   | rcp_melding | 2022-11-30 | 7
regio   | rcp_akkoord | 2022-12-31 | 3

verwacht
area_id | period_start | numerator
regio   | 2022-12-01   | 15
*/
