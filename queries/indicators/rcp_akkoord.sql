/*
titel: Geplaatste meldingen bij het Regionaal Coördinatiepunt
vraag: Hoeveel meldingen bij het Regionaal Coördinatiepunt kregen in de maand akkoord?
waarom: Laat zien hoe vaak het lukt om een tijdelijke verblijfsplaats te vinden.
teller: Meldingen met akkoord in de maand volgens het bureau.
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
    where region_facts.fact = 'rcp_akkoord'
    group by region_facts.area_id, stg_periods.period_start
)

select * from final

/*
voorbeeld: alleen akkoord van de maand zelf, opgeteld
periode: 2022-12

region_facts
area_id | fact        | fact_date  | quantity
regio   | rcp_akkoord | 2022-12-01 | 4
regio   | rcp_akkoord | 2022-12-31 | 3
regio   | rcp_akkoord | 2023-01-01 | 9
regio   | rcp_melding | 2022-12-31 | 10

verwacht
area_id | period_start | numerator | denominator
regio   | 2022-12-01   | 7         |
*/
