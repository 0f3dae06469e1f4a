/*
titel: Digitale consultaties binnen 5 dagen beantwoord
vraag: Welk deel van de digitale consultaties van de maand is binnen 5 kalenderdagen beantwoord?
waarom: Een snel antwoord is de reden om te vragen in plaats van te verwijzen.
teller: Consultaties uit de noemer met een antwoord ten hoogste 5 kalenderdagen na de vraag.
noemer: VIPLive-consultaties die in de maand zijn gevraagd, bij wie en waarover ook.
uitsluitingen: Consultaties over wie op die dag niet ingeschreven is. Een consultatie zonder patiënt telt voor de praktijk, en voor het gebied van de praktijk zelf.
maat: aandeel
soort: stroom
klasse: bureau
gebied: patiënt
bronnen: HIS, VIPLive
venster:
beter: hoger
thema: 19
vakgroep:
aandoeningen:
begrippen:
strata:
jaarcijfer:
bron: VIPLive-consultaties naar datum van de vraag
referentie: Koers 2024, thema 19 Meedenkconsult medisch specialismen; de grens van 5 dagen is van Regiospiegel
bevestigd: ja
auteur: Regiospiegel
gecontroleerd: nog niet
herzien: 2026-11-22
opnieuw: 2027-11-22
aanpak:
wachtdagen: 5
*/
with

asked as (
    select
        practice_id,
        patient_id,
        asked_on,
        answered_on
    from consultations
),

about_patients as (
    select
        asked.practice_id,
        stg_patients.area_id,
        asked.asked_on,
        asked.answered_on
    from asked
    inner join stg_registrations
        on
            asked.patient_id = stg_registrations.patient_id
            and asked.asked_on >= stg_registrations.registered_from
            and asked.asked_on < stg_registrations.registered_until
    inner join stg_patients
        on asked.patient_id = stg_patients.patient_id
),

-- without a patient only the practice says where the question came from
without_patient as (
    select
        asked.practice_id,
        stg_practices.area_id,
        asked.asked_on,
        asked.answered_on
    from asked
    inner join stg_practices
        on asked.practice_id = stg_practices.practice_id
    where asked.patient_id is null
),

placed as (
    select * from about_patients
    union all
    select * from without_patient
),

final as (
    select
        placed.practice_id,
        placed.area_id,
        stg_periods.period_start,
        count(*) filter (
            where date_diff('day', placed.asked_on, placed.answered_on) <= 5
        ) as numerator,
        count(*) as denominator
    from placed
    inner join stg_periods
        on
            placed.asked_on >= stg_periods.period_start
            and placed.asked_on <= stg_periods.period_end
    group by placed.practice_id, placed.area_id, stg_periods.period_start
)

select * from final

/*
voorbeeld: de vijfde dag telt nog, de zesde niet, ook over de maandgrens; zonder antwoord telt de vraag alleen in de noemer
periode: 2022-12

patients
patient_id | birth_year | registered_from | registered_until
1          | 1950       | 2022-12-01      |
2          | 1960       | 2010-01-01      | 2022-12-06

consultations
patient_id | asked_on   | answered_on | subject     | advisor
1          | 2022-12-01 | 2022-12-06  | ouderenzorg | SO
1          | 2022-12-01 | 2022-12-07  | diabetes    | kaderhuisarts
1          | 2022-12-31 | 2023-01-05  | meedenk     | medisch specialist
1          | 2022-12-15 |             | COPD        | apotheek
1          | 2022-12-20 | 2022-12-20  | diabetes    | kaderhuisarts
1          | 2022-11-30 | 2022-12-01  | diabetes    | kaderhuisarts
2          | 2022-12-06 | 2022-12-07  | ggz         | ggz

verwacht
period_start | numerator | denominator
2022-12-01   | 3         | 5
*/

/*
voorbeeld: een vraag zonder patiënt telt in het gebied van de praktijk; een maand zonder vragen heeft geen rij
periode: 2022-11..2022-12

patients
patient_id | birth_year | postcode4
1          | 1950       | 1234

consultations
patient_id | asked_on   | answered_on | subject  | advisor
           | 2022-12-05 | 2022-12-08  | ggz      | psychiatrische consultatielijn
1          | 2022-12-05 |             | diabetes | kaderhuisarts

verwacht
area_id    | period_start | numerator | denominator
elders     | 2022-12-01   | 0         | 1
nissewaard | 2022-12-01   | 1         | 1
*/
