/*
titel: Leefstijlcoaches in de regio
vraag: Hoeveel leefstijlcoaches werken er op de laatste dag van de maand in de regio?
waarom: Genoeg leefstijlcoaches is de voorwaarde voor genoeg groepen.
teller: De laatste opgave per gebied tot en met de peildag (op dezelfde dag de hoogste), opgeteld.
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
jaarcijfer: december
bron: Bureauregister, regiofeiten
referentie: Jaarverslag 2022: 7 leefstijlcoaches; Koers 2024, thema 23
bevestigd: ja
auteur: Regiospiegel
gecontroleerd: nog niet
herzien: 2026-11-22
opnieuw: 2027-11-22
aanpak:
*/
with

reported as (
    select
        region_facts.area_id,
        stg_periods.period_start,
        region_facts.quantity,
        row_number() over (
            partition by region_facts.area_id, stg_periods.period_start
            order by region_facts.fact_date desc, region_facts.quantity desc
        ) as row_rank
    from region_facts
    inner join stg_periods
        on region_facts.fact_date <= stg_periods.period_end
    where region_facts.fact = 'leefstijlcoach'
),

final as (
    select
        'regio' as practice_id,
        area_id,
        period_start,
        cast(quantity as bigint) as numerator,
        cast(null as bigint) as denominator
    from reported
    where row_rank = 1
)

select * from final

/*
voorbeeld: een opgave blijft staan tot er een nieuwe is; op dezelfde dag telt de hoogste
periode: 2022-11..2022-12

region_facts
area_id    | fact           | fact_date  | quantity
nissewaard | leefstijlcoach | 2021-03-01 | 3
nissewaard | leefstijlcoach | 2022-12-31 | 4
nissewaard | leefstijlcoach | 2022-12-31 | 2
regio      | leefstijlcoach | 2022-12-01 | 1
nissewaard | leefstijlcoach | 2023-01-01 | 9

verwacht
area_id    | period_start | numerator | denominator
nissewaard | 2022-11-01   | 3         |
nissewaard | 2022-12-01   | 4         |
regio      | 2022-12-01   | 1         |
*/
