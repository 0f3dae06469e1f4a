/*
titel: Scholingen
vraag: Hoeveel scholingen zijn er in de maand gegeven?
waarom: Scholing houdt de zorg in alle praktijken op hetzelfde peil.
teller: Scholingen in de maand volgens het bureau.
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
strata: programma (code)
jaarcijfer:
bron: Bureauregister, regiofeiten
referentie: Jaarverslag 2022, scholing
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
    where region_facts.fact = 'scholing'
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
voorbeeld: per programma en samen; zonder programma telt alleen in het geheel; een ander feit of een andere maand niet
periode: 2022-12

region_facts
area_id | fact                | fact_date  | quantity | code
regio   | scholing            | 2022-12-01 | 2        | astma
regio   | scholing            | 2022-12-31 | 1        | astma
regio   | scholing            | 2022-12-15 | 3        | diabetes
regio   | scholing            | 2022-12-15 | 1        |
regio   | scholing            | 2022-11-30 | 7        | astma
regio   | scholing_deelnemers | 2022-12-15 | 20       | astma

verwacht
area_id | period_start | stratum  | numerator | denominator
regio   | 2022-12-01   |          | 7         |
regio   | 2022-12-01   | astma    | 3         |
regio   | 2022-12-01   | diabetes | 3         |
*/
