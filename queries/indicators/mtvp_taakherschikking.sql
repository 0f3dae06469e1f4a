/*
titel: Contacten door praktijkondersteuners, SOH, PA en VS
vraag: Welk deel van de contacten in de laatste 12 maanden was bij een praktijkondersteuner, spreekuurondersteuner, PA of VS?
waarom: Taken die een ander kan doen, geven de huisarts tijd voor wat alleen de huisarts kan.
teller: Contacten uit de noemer met discipline poh-s, poh-ggz, poh-o, pa, vs of soh.
noemer: Contacten in het venster van wie op die dag ingeschreven was, alle soorten behalve passant, bij wie ook; zonder opgegeven discipline telt een contact alleen hier.
uitsluitingen: Contacten van het soort passant; contacten van wie op die dag niet ingeschreven was.
maat: aandeel
soort: stand
klasse: proces
gebied: patiënt
bronnen: HIS
venster: 12
beter: geen
thema:
vakgroep:
aandoeningen:
begrippen:
strata:
jaarcijfer:
bron: HIS-contacten met discipline
referentie: Toolbox Meer Tijd voor de Patiënt, inzet PA/VS en SOH; spiegelinformatie, geen oordeel over een praktijk
bevestigd: ja
auteur: Regiospiegel
gecontroleerd: nog niet
herzien: 2026-11-22
opnieuw: 2027-11-22
aanpak:
*/
with

monthly as (
    select
        practice_id,
        area_id,
        month_index,
        sum(contacts) as all_contacts,
        sum(case when discipline in ('poh-s', 'poh-ggz', 'poh-o', 'pa', 'vs', 'soh') then contacts else 0 end) as delegated_contacts
    from contact_counts
    where kind <> 'passant'
    group by practice_id, area_id, month_index
),

final as (
    select
        monthly.practice_id,
        monthly.area_id,
        stg_periods.period_start,
        cast(sum(monthly.delegated_contacts) as bigint) as numerator,
        cast(sum(monthly.all_contacts) as bigint) as denominator
    from monthly
    inner join stg_periods
        on monthly.month_index between stg_periods.period_index - 11 and stg_periods.period_index
    group by monthly.practice_id, monthly.area_id, stg_periods.period_start
)

select * from final

/*
voorbeeld: alle zes disciplines tellen, huisarts en assistente niet; zonder discipline telt een contact alleen in de noemer; passant telt nergens
periode: 2022-11..2022-12

patients
patient_id | birth_year
1          | 1950

contacts
patient_id | contact_date | kind        | discipline
1          | 2022-01-01   | consult     | poh-s
1          | 2022-02-01   | consult     | poh-ggz
1          | 2022-03-01   | visite      | poh-o
1          | 2022-04-01   | consult     | pa
1          | 2022-05-01   | consult     | vs
1          | 2022-12-31   | consult     | soh
1          | 2022-06-01   | consult     | huisarts
1          | 2022-06-02   | telefonisch | assistente
1          | 2022-06-03   | e-consult   |
1          | 2022-06-04   | passant     | soh
1          | 2021-12-31   | consult     | poh-s

verwacht
period_start | numerator | denominator
2022-11-01   | 6         | 9
2022-12-01   | 6         | 9
*/
