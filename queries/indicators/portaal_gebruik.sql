/*
titel: Gebruik van inzage in het patiëntportaal
vraag: Welk deel van de ingeschreven patiënten van 16 jaar en ouder gebruikte in de maand de inzage in het patiëntportaal?
waarom: Eén digitaal kanaal werkt pas wanneer patiënten het gebruiken.
teller: Patiënten die inzage gebruikten, volgens de maandopgave van het portaal.
noemer: Ingeschreven patiënten van 16 jaar en ouder, volgens dezelfde opgave.
uitsluitingen: Maanden zonder opgave (niet geleverd); een opgave met meer gebruikers dan ingeschrevenen.
maat: aandeel
soort: stand
klasse: bureau
gebied: praktijk
bronnen: VIPLive
venster:
beter: hoger
thema: 15
vakgroep:
aandoeningen:
begrippen:
strata:
jaarcijfer:
bron: VIPLive-portaal, per praktijk en maand
referentie: Jaarverslag 2022 (16,2 % op Voorne-Putten); Koers 2024, thema 15 Eén patiëntportaal
bevestigd: ja
auteur: Regiospiegel
gecontroleerd: nog niet
herzien: 2026-11-22
opnieuw: 2027-11-22
aanpak:
legemaand: niet geleverd
*/
with

monthly_reports as (
    select
        portal_use.practice_id,
        portal_use.month as period_start,
        portal_use.used_access,
        portal_use.enrolled_16plus,
        row_number() over (
            partition by portal_use.practice_id, portal_use.month
            -- a practice that changed portal in the month may report twice: the fullest report counts
            order by portal_use.enrolled_16plus desc, portal_use.used_access desc
        ) as row_rank
    from portal_use
    -- more users than patients is no share of anything
    where portal_use.used_access <= portal_use.enrolled_16plus
),

final as (
    select
        monthly_reports.practice_id,
        stg_practices.area_id,
        stg_periods.period_start,
        cast(monthly_reports.used_access as bigint) as numerator,
        cast(monthly_reports.enrolled_16plus as bigint) as denominator
    from monthly_reports
    inner join stg_periods
        on monthly_reports.period_start = stg_periods.period_start
    inner join stg_practices
        on monthly_reports.practice_id = stg_practices.practice_id
    where monthly_reports.row_rank = 1
)

select * from final

/*
voorbeeld: alleen de opgave van de maand zelf telt; een maand zonder opgave heeft geen rij
periode: 2022-11..2022-12

portal_use
month      | enrolled_16plus | used_access
2022-10-01 | 2400            | 380
2022-12-01 | 2410            | 400
2023-01-01 | 2420            | 500

verwacht
practice_id | area_id    | period_start | numerator | denominator
01000001    | nissewaard | 2022-12-01   | 400       | 2410
*/

/*
voorbeeld: bij meer opgaven telt de volledigste; meer gebruikers dan ingeschrevenen kan niet en valt weg
periode: 2022-12

practices
practice_id | area_id    | joined_on
01000001    | nissewaard | 2010-01-01
01000002    | nissewaard | 2010-01-01

portal_use
practice_id | month      | enrolled_16plus | used_access
01000001    | 2022-12-01 | 2400            | 390
01000001    | 2022-12-01 | 2400            | 380
01000001    | 2022-12-01 | 300             | 40
01000002    | 2022-12-01 | 100             | 101

verwacht
practice_id | numerator | denominator
01000001    | 390       | 2400
*/
