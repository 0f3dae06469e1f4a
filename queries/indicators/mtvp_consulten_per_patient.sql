/*
titel: Consulten per patiënt per jaar
vraag: Hoeveel contacten had een patiënt gemiddeld in de laatste 12 maanden?
waarom: Meer tijd per patiënt moet leiden tot minder, maar betere contacten.
teller: Contacten in het venster van wie op die dag ingeschreven was, alle soorten behalve passant.
noemer: Alle vast ingeschreven patiënten op de peildag.
uitsluitingen: Contacten van het soort passant; contacten van wie op die dag niet ingeschreven was.
maat: ratio
soort: stand
klasse: beweging
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
bron: HIS-contacten en -inschrijvingen
referentie: Meer Tijd voor de Patiënt, landelijke monitor: minder dan 4,6 per patiënt per jaar; spiegelinformatie, geen oordeel over een praktijk
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
        sum(contacts) as all_contacts
    from contact_counts
    where kind <> 'passant'
    group by practice_id, area_id, month_index
),

parts as (
    select
        monthly.practice_id,
        monthly.area_id,
        stg_periods.period_start,
        sum(monthly.all_contacts) as numerator,
        0 as denominator
    from monthly
    inner join stg_periods
        on monthly.month_index between stg_periods.period_index - 11 and stg_periods.period_index
    group by monthly.practice_id, monthly.area_id, stg_periods.period_start
    union all
    select
        practice_id,
        area_id,
        period_start,
        0 as numerator,
        patients as denominator
    from registered_counts
),

final as (
    select
        practice_id,
        area_id,
        period_start,
        cast(sum(numerator) as bigint) as numerator,
        cast(sum(denominator) as bigint) as denominator
    from parts
    group by practice_id, area_id, period_start
)

select * from final

/*
voorbeeld: de eerste dag van het venster telt, een dag eerder niet; passant telt niet; twee contacten op een dag zijn er twee; wie die dag wordt ingeschreven telt
periode: 2022-12

patients
patient_id | birth_year | registered_from
1          | 1950       | 2010-01-01
2          | 1960       | 2022-03-01

contacts
patient_id | contact_date | kind        | discipline
1          | 2022-01-01   | consult     | huisarts
1          | 2022-01-01   | telefonisch | assistente
1          | 2022-12-31   | e-consult   |
1          | 2021-12-31   | consult     | huisarts
1          | 2022-06-01   | passant     | huisarts
1          | 2023-01-01   | consult     | huisarts
2          | 2022-02-28   | consult     | huisarts
2          | 2022-03-01   | consult     | huisarts

verwacht
period_start | numerator | denominator
2022-12-01   | 4         | 2
*/

/*
voorbeeld: wie vertrok telt met de contacten tot zijn vertrek en niet meer in de noemer; het gebied is dat van de patiënt; het venster schuift mee
periode: 2022-12..2023-01

patients
patient_id | birth_year | postcode4 | registered_until
1          | 1950       | 3201      |
2          | 1960       | 1234      | 2022-06-15

contacts
patient_id | contact_date | kind    | discipline
2          | 2022-06-14   | consult | huisarts
2          | 2022-06-15   | consult | huisarts
1          | 2022-01-31   | consult | huisarts

verwacht
area_id    | period_start | numerator | denominator
elders     | 2022-12-01   | 1         | 0
elders     | 2023-01-01   | 1         | 0
nissewaard | 2022-12-01   | 1         | 1
nissewaard | 2023-01-01   | 0         | 1
*/
