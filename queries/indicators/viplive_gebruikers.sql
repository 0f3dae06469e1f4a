/*
titel: Gebruikers van VIPLive
vraag: Hoeveel zorgprofessionals gebruikten in de maand een functie van VIPLive?
waarom: De Koers wil dat huisartsen VIPLive beter gebruiken; dit laat zien welke functies worden gebruikt.
teller: Gebruikers per functie volgens de maandopgave van VIPLive (bij meer opgaven voor dezelfde functie de hoogste), opgeteld; wie twee functies gebruikt telt in het geheel twee keer.
noemer: Geen.
uitsluitingen: Maanden zonder opgave (niet geleverd): gebruik.csv is een vrijwillig bestand.
maat: aantal
soort: stand
klasse: bureau
gebied: praktijk
bronnen: VIPLive
venster:
beter: hoger
thema: 12
vakgroep:
aandoeningen:
begrippen:
strata: functie van VIPLive
jaarcijfer:
bron: VIPLive-gebruik, per praktijk, maand en functie
referentie: Koers 2024, thema 12 Gebruik VIPLive door zorgprofessionals
bevestigd: ja
auteur: Regiospiegel
gecontroleerd: nog niet
herzien: 2026-11-22
opnieuw: 2027-11-22
aanpak:
legemaand: niet geleverd
*/
with

reported as (
    select
        platform_use.practice_id,
        platform_use.month as period_start,
        platform_use.function as stratum,
        max(platform_use.users) as users
    from platform_use
    group by platform_use.practice_id, platform_use.month, platform_use.function
),

monthly as (
    select
        reported.practice_id,
        stg_practices.area_id,
        stg_periods.period_start,
        reported.stratum,
        reported.users
    from reported
    inner join stg_periods
        on reported.period_start = stg_periods.period_start
    inner join stg_practices
        on reported.practice_id = stg_practices.practice_id
),

parts as (
    select
        practice_id,
        area_id,
        period_start,
        cast(null as varchar) as stratum,
        users
    from monthly
    union all
    select
        practice_id,
        area_id,
        period_start,
        stratum,
        users
    from monthly
),

final as (
    select
        practice_id,
        area_id,
        period_start,
        stratum,
        cast(sum(users) as bigint) as numerator,
        cast(null as bigint) as denominator
    from parts
    group by practice_id, area_id, period_start, stratum
)

select * from final

/*
voorbeeld: alleen de opgave van de maand zelf; een maand zonder opgave heeft geen rij, een opgave van nul wel
periode: 2022-11..2023-01

platform_use
month      | function    | users
2022-10-01 | dashboard   | 3
2022-12-01 | dashboard   | 4
2022-12-01 | consultatie | 2
2023-01-01 | dashboard   | 0

verwacht
practice_id | area_id    | period_start | stratum     | numerator | denominator
01000001    | nissewaard | 2022-12-01   |             | 6         |
01000001    | nissewaard | 2022-12-01   | consultatie | 2         |
01000001    | nissewaard | 2022-12-01   | dashboard   | 4         |
01000001    | nissewaard | 2023-01-01   |             | 0         |
01000001    | nissewaard | 2023-01-01   | dashboard   | 0         |
*/

/*
voorbeeld: twee opgaven van dezelfde functie: de hoogste telt
periode: 2022-12

platform_use
month      | function  | users
2022-12-01 | dashboard | 4
2022-12-01 | dashboard | 5

verwacht
stratum   | numerator | denominator
          | 5         |
dashboard | 5         |
*/
