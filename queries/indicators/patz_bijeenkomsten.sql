/*
titel: PaTz-bijeenkomsten
vraag: Hoeveel PaTz-bijeenkomsten waren er in de maand?
waarom: In een PaTz-groep bespreken huisartsen en wijkverpleegkundigen wie palliatieve zorg nodig heeft, op tijd.
teller: PaTz-bijeenkomsten in de maand volgens het bureau.
noemer: Geen.
uitsluitingen: Geen.
maat: aantal
soort: regio
klasse: bureau
gebied: regio
bronnen: bureau
venster:
beter: hoger
thema: 41
vakgroep: ouderenzorg
aandoeningen:
begrippen:
strata:
jaarcijfer:
bron: Bureauregister, regiofeiten
referentie: Koers 2024, thema 41 PaTz: minstens 2 bijeenkomsten
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
    where region_facts.fact = 'patz_bijeenkomst'
    group by region_facts.area_id, stg_periods.period_start
)

select * from final

/*
voorbeeld: de feiten van de maand worden per gebied opgeteld; een feit van de regio staat alleen bij de regio
periode: 2022-12

region_facts
area_id    | fact             | fact_date  | quantity
nissewaard | patz_bijeenkomst | 2022-12-01 | 1
nissewaard | patz_bijeenkomst | 2022-12-31 | 1
regio      | patz_bijeenkomst | 2022-12-15 | 1
nissewaard | patz_bijeenkomst | 2023-01-01 | 4
nissewaard | casuistiektafel  | 2022-12-15 | 1

verwacht
area_id    | period_start | numerator | denominator
nissewaard | 2022-12-01   | 2         |
regio      | 2022-12-01   | 1         |
*/
