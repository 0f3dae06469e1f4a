/*
titel: Meedenkconsulten met de medisch specialist
vraag: Hoeveel digitale meedenkconsulten met een medisch specialist zijn er in de maand gevraagd?
waarom: Een meedenkconsult kan een verwijzing naar het ziekenhuis voorkomen.
teller: VIPLive-consultaties bij een medisch specialist; elke aanvraag telt.
noemer: Alle vast ingeschreven patiënten, alle leeftijden.
uitsluitingen: Consultaties over wie op die dag niet ingeschreven is. Een consultatie zonder patiënt telt voor de praktijk, en voor het gebied van de praktijk zelf.
maat: aantal
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
strata: specialisme (zonder opgegeven specialisme alleen in het geheel)
jaarcijfer:
bron: VIPLive-consultaties naar datum van de vraag
referentie: Koers 2024, thema 19 Meedenkconsult medisch specialismen; Jaarverslag 2022
bevestigd: ja
auteur: Regiospiegel
gecontroleerd: nog niet
herzien: 2026-11-22
opnieuw: 2027-11-22
aanpak:
*/
with

asked as (
    select
        practice_id,
        patient_id,
        asked_on,
        specialism as stratum
    from consultations
    where advisor = 'medisch specialist'
),

about_patients as (
    select
        asked.practice_id,
        stg_patients.area_id,
        asked.asked_on,
        asked.stratum
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
        asked.stratum
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

counted as (
    select
        placed.practice_id,
        placed.area_id,
        stg_periods.period_start,
        placed.stratum
    from placed
    inner join stg_periods
        on
            placed.asked_on >= stg_periods.period_start
            and placed.asked_on <= stg_periods.period_end
),

parts as (
    select
        practice_id,
        area_id,
        period_start,
        cast(null as varchar) as stratum,
        count(*) as numerator,
        0 as denominator
    from counted
    group by practice_id, area_id, period_start
    union all
    select
        practice_id,
        area_id,
        period_start,
        stratum,
        count(*) as numerator,
        0 as denominator
    from counted
    where stratum is not null
    group by practice_id, area_id, period_start, stratum
    union all
    select
        practice_id,
        area_id,
        period_start,
        cast(null as varchar) as stratum,
        0 as numerator,
        patients as denominator
    from registered_counts
),

final as (
    select
        practice_id,
        area_id,
        period_start,
        stratum,
        cast(sum(numerator) as bigint) as numerator,
        cast(sum(denominator) as bigint) as denominator
    from parts
    group by practice_id, area_id, period_start, stratum
)

select * from final

/*
voorbeeld: alleen de medisch specialist; twee gelijke aanvragen zijn er twee; zonder specialisme telt hij in het geheel
periode: 2022-12

patients
patient_id | birth_year | registered_until
1          | 1950       |
2          | 1960       | 2022-12-10

consultations
patient_id | asked_on   | subject     | advisor            | specialism
1          | 2022-12-05 | meedenk     | medisch specialist | cardiologie
1          | 2022-12-05 | meedenk     | medisch specialist | cardiologie
1          | 2022-12-31 | meedenk     | medisch specialist |
1          | 2022-12-06 | ouderenzorg | SO                 |
2          | 2022-12-10 | meedenk     | medisch specialist | cardiologie

verwacht
area_id    | period_start | stratum     | numerator | denominator
nissewaard | 2022-12-01   |             | 3         | 1
nissewaard | 2022-12-01   | cardiologie | 2         | 0
*/

/*
voorbeeld: zonder patiënt telt de aanvraag voor de praktijk, in het gebied van de praktijk
periode: 2022-12

patients
patient_id | birth_year | postcode4
1          | 1950       | 1234

consultations
patient_id | asked_on   | subject | advisor            | specialism
1          | 2022-12-05 | meedenk | medisch specialist | interne
           | 2022-12-05 | meedenk | medisch specialist | interne

verwacht
area_id    | period_start | stratum | numerator | denominator
elders     | 2022-12-01   |         | 1         | 1
elders     | 2022-12-01   | interne | 1         | 0
nissewaard | 2022-12-01   |         | 1         | 0
nissewaard | 2022-12-01   | interne | 1         | 0
*/
