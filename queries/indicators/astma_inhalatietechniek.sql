/*
titel: Inhalatietechniek gecontroleerd bij astma
vraag: Bij welk deel van de mensen met astma in de ketenzorg die een inhalator gebruiken, is de inhalatietechniek in de laatste 12 maanden gecontroleerd?
waarom: Een inhalator werkt alleen bij een goede techniek, en die slijt.
teller: Patiënten uit de noemer met een bepaling inhalatietechniek (1608) in het venster.
noemer: Vast ingeschreven, 16 jaar of ouder, actieve episode R96 (niet R96.01), minstens 12 maanden in het astmaprogramma met de huisarts als hoofdbehandelaar (of leeg), met een voorschrift R03 in het venster.
uitsluitingen: Wie in het venster geen voorschrift R03 heeft; passanten; wie de specialist als hoofdbehandelaar heeft; wie korter dan 12 maanden deelneemt.
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
aandoeningen: astma
begrippen: inhalatietechniek
strata:
jaarcijfer:
bron: HIS-bepalingen en -voorschriften, VIPLive-ketenzorg
referentie: NHG/InEen-indicatoren astma
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
    where care = 'astma'
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
        patients_in_care.practice_id,
        patients_in_care.area_id,
        patients_in_care.age_band,
        patients_in_care.sex,
        patients_in_care.period_start,
        count(instructed.patient_id) as numerator,
        count(*) as denominator
    from patients_in_care
    inner join inhaler_users
        on
            patients_in_care.patient_id = inhaler_users.patient_id
            and patients_in_care.period_index >= inhaler_users.first_index
            and patients_in_care.period_index < inhaler_users.next_index
            and patients_in_care.period_index < inhaler_users.first_index + 12
    left join instructed
        on
            patients_in_care.patient_id = instructed.patient_id
            and patients_in_care.period_index >= instructed.first_index
            and patients_in_care.period_index < instructed.next_index
            and patients_in_care.period_index < instructed.first_index + 12
    group by
        patients_in_care.practice_id,
        patients_in_care.area_id,
        patients_in_care.age_band,
        patients_in_care.sex,
        patients_in_care.period_start
)

select * from final

/*
voorbeeld: wie in het venster geen R03 kreeg telt niet mee; een controle of voorschrift op de eerste dag van het venster wel; R96.01 telt niet
periode: 2022-11..2022-12

patients
patient_id | birth_year
1          | 1950
2          | 1950
3          | 1950
4          | 1950
5          | 1950

episodes
patient_id | icpc   | start_date
1          | R96    | 2015-05-01
2          | R96.02 | 2015-05-01
3          | R96    | 2015-05-01
4          | R96    | 2015-05-01
5          | R96.01 | 2015-05-01

programmes
patient_id | programme | start_date
1          | ASTMA     | 2016-01-01
2          | ASTMA     | 2016-01-01
3          | ASTMA     | 2016-01-01
4          | ASTMA     | 2016-01-01
5          | ASTMA     | 2016-01-01

prescriptions
patient_id | prescribed_on | atc
1          | 2022-01-01    | R03AK06
2          | 2022-06-01    | R03BA01
3          | 2021-12-31    | R03AK06
4          | 2022-06-01    | R06AX13
5          | 2022-06-01    | R03BA01

measurements
patient_id | nhg_number | measured_on | answer
1          | 1608       | 2022-01-01  | ja
2          | 1608       | 2021-12-31  | ja
3          | 1608       | 2022-06-01  | ja
4          | 1608       | 2022-06-01  | ja
5          | 1608       | 2022-06-01  | ja

verwacht
period_start | numerator | denominator
2022-11-01   | 3         | 3
2022-12-01   | 1         | 2
*/
