/*
titel: Longaanvallen bekend bij COPD
vraag: Bij welk deel van de mensen met COPD in de ketenzorg is in de laatste 12 maanden het aantal longaanvallen vastgelegd?
waarom: Wie een longaanval had, krijgt vaker een volgende; alleen wie het vraagt kan hem helpen voorkomen.
teller: Patiënten uit de noemer met een vastgelegd aantal longaanvallen (3549) in het venster; nul telt ook.
noemer: Vast ingeschreven, 40 jaar of ouder, actieve episode R95, minstens 12 maanden in het COPD-programma met de huisarts als hoofdbehandelaar (of leeg).
uitsluitingen: Passanten; wie de specialist als hoofdbehandelaar heeft; wie korter dan 12 maanden deelneemt.
maat: aandeel
soort: stand
klasse: proces
gebied: patiënt
uitsplitsing: leeftijd en geslacht
bronnen: HIS, VIPLive
venster: 12
beter: hoger
thema: 30
vakgroep: astma-copd
aandoeningen: copd
begrippen: longaanvallen
strata:
jaarcijfer:
bron: HIS-bepalingen en VIPLive-ketenzorg
referentie: NHG/InEen-indicatoren COPD
bevestigd: ja
auteur: Regiospiegel
gecontroleerd: nog niet
herzien: 2026-11-22
opnieuw: 2027-11-22
aanpak:
*/
with

patients_in_care as (
    select
        practice_id,
        patient_id,
        area_id,
        age_band,
        sex,
        period_start,
        period_index
    from chronic_months
    where care = 'copd'
),

measured as (
    select
        patient_id,
        first_index,
        next_index
    from latest_values
    where concept = 'longaanvallen'
),

final as (
    select
        patients_in_care.practice_id,
        patients_in_care.area_id,
        patients_in_care.age_band,
        patients_in_care.sex,
        patients_in_care.period_start,
        count(measured.patient_id) as numerator,
        count(*) as denominator
    from patients_in_care
    left join measured
        on
            patients_in_care.patient_id = measured.patient_id
            and patients_in_care.period_index >= measured.first_index
            and patients_in_care.period_index < measured.next_index
            and patients_in_care.period_index < measured.first_index + 12
    group by
        patients_in_care.practice_id,
        patients_in_care.area_id,
        patients_in_care.age_band,
        patients_in_care.sex,
        patients_in_care.period_start
)

select * from final

/*
voorbeeld: nul longaanvallen is ook bekend; de oudere bepaling 3014 telt niet; een dag voor het venster telt niet
periode: 2022-11..2022-12

patients
patient_id | birth_year
1          | 1950
2          | 1950
3          | 1950
4          | 1950

episodes
patient_id | icpc | start_date
1          | R95  | 2015-05-01
2          | R95  | 2015-05-01
3          | R95  | 2015-05-01
4          | R95  | 2015-05-01

programmes
patient_id | programme | start_date
1          | COPD      | 2016-01-01
2          | COPD      | 2016-01-01
3          | COPD      | 2016-01-01
4          | COPD      | 2016-01-01

measurements
patient_id | nhg_number | measured_on | value
1          | 3549       | 2022-01-01  | 0
2          | 3014       | 2022-06-01  | 1
3          | 3549       | 2022-12-31  | 3
4          | 3549       | 2021-12-31  | 1

verwacht
period_start | numerator | denominator
2022-11-01   | 2         | 4
2022-12-01   | 2         | 4
*/
