/*
titel: Lange consulten en visites
vraag: Welk deel van de consulten en visites in de laatste 12 maanden was lang?
waarom: Meer tijd begint met een consult dat langer mag duren.
teller: Contacten uit de noemer van het soort consult_lang of visite_lang.
noemer: Consulten (consult, consult_lang, consult_kort) en visites (visite, visite_lang) in het venster van wie op die dag ingeschreven was.
uitsluitingen: Telefonische contacten, e-consulten en passanten; contacten van wie op die dag niet ingeschreven was.
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
bron: HIS-contacten
referentie: Toolbox Meer Tijd voor de Patiënt, flexibele consultduur; spiegelinformatie, geen oordeel over een praktijk
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
        sum(case when kind in ('consult_lang', 'visite_lang') then contacts else 0 end) as long_contacts
    from contact_counts
    where kind in ('consult', 'consult_lang', 'consult_kort', 'visite', 'visite_lang')
    group by practice_id, area_id, month_index
),

final as (
    select
        monthly.practice_id,
        monthly.area_id,
        stg_periods.period_start,
        cast(sum(monthly.long_contacts) as bigint) as numerator,
        cast(sum(monthly.all_contacts) as bigint) as denominator
    from monthly
    inner join stg_periods
        on monthly.month_index between stg_periods.period_index - 11 and stg_periods.period_index
    group by monthly.practice_id, monthly.area_id, stg_periods.period_start
)

select * from final

/*
voorbeeld: consulten en visites van alle lengten zijn de noemer; telefonisch, e-consult en passant niet; een dag voor het venster niet
periode: 2022-11..2022-12

patients
patient_id | birth_year | registered_until
1          | 1950       |
2          | 1950       | 2022-06-15

contacts
patient_id | contact_date | kind         | discipline
1          | 2022-01-01   | consult_lang | huisarts
1          | 2022-12-31   | visite_lang  | huisarts
1          | 2022-06-01   | consult      | poh-s
1          | 2022-06-01   | consult_kort | huisarts
1          | 2022-06-01   | visite       | huisarts
1          | 2022-06-01   | telefonisch  | huisarts
1          | 2022-06-01   | e-consult    | huisarts
1          | 2022-06-01   | passant      | huisarts
1          | 2021-12-31   | consult_lang | huisarts
2          | 2022-06-15   | consult_lang | huisarts

verwacht
period_start | numerator | denominator
2022-11-01   | 2         | 5
2022-12-01   | 2         | 5
*/
