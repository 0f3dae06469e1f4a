/*
titel: Inhalatie-instructie gegeven bij COPD of astma
vraag: Bij welk deel van de mensen in het COPD- of astmaprogramma die een inhalator gebruiken, is de inhalatietechniek in de laatste 12 maanden gecontroleerd?
waarom: Het Longformularium spreekt af dat iedereen met een inhalator instructie krijgt (norm 100 %, streefwaarde boven 75 %).
teller: Patiënten uit de noemer met een bepaling inhalatietechniek (1608) in het venster.
noemer: Vast ingeschreven, op de peildag in het COPD- of astmaprogramma met de huisarts als hoofdbehandelaar (of leeg), ook wie pas begon, met een voorschrift R03 in het venster; wie in beide programma's is telt één keer.
uitsluitingen: Wie in het venster geen voorschrift R03 heeft; passanten; wie de specialist als hoofdbehandelaar heeft.
maat: aandeel
soort: stand
klasse: proces
gebied: patiënt
uitsplitsing: leeftijd en geslacht
bronnen: HIS, VIPLive
venster: 12
beter: hoger
thema: 32
vakgroep: astma-copd
aandoeningen:
begrippen: inhalatietechniek
strata:
jaarcijfer:
bron: HIS-bepalingen en -voorschriften, VIPLive-ketenzorg
referentie: Koers 2024, thema 32 Longformularium; bepaling 1608 is beschreven voor astma en wordt hier ook voor COPD gebruikt
bevestigd: ja
auteur: Regiospiegel
gecontroleerd: nog niet
herzien: 2026-11-22
opnieuw: 2027-11-22
aanpak:
*/
with

lung_patients as (
    select distinct
        practice_id,
        patient_id,
        area_id,
        age_band,
        sex,
        period_start,
        period_index
    from programme_months
    where programme in ('COPD', 'ASTMA')
),

inhaler_users as (
    select
        patient_id,
        first_index,
        next_index
    from latest_prescriptions
    where medication = 'inhalatie'
),

instructed as (
    select
        patient_id,
        first_index,
        next_index
    from latest_values
    where concept = 'inhalatietechniek'
),

final as (
    select
        lung_patients.practice_id,
        lung_patients.area_id,
        lung_patients.age_band,
        lung_patients.sex,
        lung_patients.period_start,
        count(instructed.patient_id) as numerator,
        count(*) as denominator
    from lung_patients
    inner join inhaler_users
        on
            lung_patients.patient_id = inhaler_users.patient_id
            and lung_patients.period_index >= inhaler_users.first_index
            and lung_patients.period_index < inhaler_users.next_index
            and lung_patients.period_index < inhaler_users.first_index + 12
    left join instructed
        on
            lung_patients.patient_id = instructed.patient_id
            and lung_patients.period_index >= instructed.first_index
            and lung_patients.period_index < instructed.next_index
            and lung_patients.period_index < instructed.first_index + 12
    group by
        lung_patients.practice_id,
        lung_patients.area_id,
        lung_patients.age_band,
        lung_patients.sex,
        lung_patients.period_start
)

select * from final

/*
voorbeeld: nieuwe patiënten tellen mee, zonder leeftijdsgrens of episode; in beide programma's is één keer; bij de specialist niet
periode: 2022-12

patients
patient_id | birth_year
1          | 1950
2          | 2010
3          | 1950
4          | 1950
5          | 1950

programmes
patient_id | programme | start_date | main_clinician
1          | COPD      | 2016-01-01 | huisarts
1          | ASTMA     | 2016-01-01 |
2          | ASTMA     | 2022-12-31 |
3          | COPD      | 2016-01-01 | specialist
4          | COPD      | 2016-01-01 | huisarts
5          | VRM       | 2016-01-01 | huisarts

prescriptions
patient_id | prescribed_on | atc
1          | 2022-06-01    | R03BB04
2          | 2022-12-31    | R03BA02
3          | 2022-06-01    | R03BB04
5          | 2022-06-01    | R03BB04

measurements
patient_id | nhg_number | measured_on | answer
1          | 1608       | 2022-03-01  | nee
3          | 1608       | 2022-03-01  | ja
4          | 1608       | 2022-03-01  | ja

verwacht
period_start | numerator | denominator
2022-12-01   | 1         | 2
*/

/*
voorbeeld: controle en voorschrift vallen beide in de 12 maanden tot en met de peildag
periode: 2022-12..2023-01

patients
patient_id | birth_year
1          | 1950
2          | 1950
3          | 1950

programmes
patient_id | programme | start_date
1          | COPD      | 2016-01-01
2          | COPD      | 2016-01-01
3          | ASTMA     | 2016-01-01

prescriptions
patient_id | prescribed_on | atc
1          | 2022-01-01    | R03BB04
2          | 2021-12-31    | R03BB04
3          | 2022-06-01    | R03BA02

measurements
patient_id | nhg_number | measured_on | answer
1          | 1608       | 2022-01-01  | ja
2          | 1608       | 2022-06-01  | ja
3          | 1608       | 2021-12-31  | ja

verwacht
period_start | numerator | denominator
2022-12-01   | 1         | 2
2023-01-01   | 0         | 1
*/
