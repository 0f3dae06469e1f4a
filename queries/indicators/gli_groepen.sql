/*
titel: Gestarte GLI-groepen
vraag: Hoeveel groepen van de gecombineerde leefstijlinterventie zijn er in de maand gestart?
waarom: De Koers wil 15 tot 20 nieuwe groepen per jaar, zodat wie verwezen is ook kan beginnen.
teller: Groepen die in de maand startten volgens het bureau.
noemer: Geen.
uitsluitingen: Geen.
maat: aantal
soort: regio
klasse: bureau
gebied: regio
bronnen: bureau
venster:
beter: hoger
thema: 23
vakgroep:
aandoeningen:
begrippen:
strata:
jaarcijfer:
bron: Bureauregister, regiofeiten
referentie: Koers 2024, thema 23: 15 tot 20 nieuwe groepen per jaar
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
    where region_facts.fact = 'gli_groep_gestart'
    group by region_facts.area_id, stg_periods.period_start
)

select * from final

/*
voorbeeld: per gebied opgeteld; een groep zonder gebied staat onder regio
periode: 2022-12

region_facts
area_id    | fact              | fact_date  | quantity
nissewaard | gli_groep_gestart | 2022-12-01 | 1
nissewaard | gli_groep_gestart | 2022-12-31 | 2
regio      | gli_groep_gestart | 2022-12-15 | 1
nissewaard | gli_groep_gestart | 2022-11-30 | 5

verwacht
area_id    | period_start | numerator | denominator
nissewaard | 2022-12-01   | 3         |
regio      | 2022-12-01   | 1         |
*/
