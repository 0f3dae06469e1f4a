/*
titel: Antitrombotica bij hart- en vaatziekten
vraag: Bij welk deel van de mensen met een hart- en vaatziekte in de ketenzorg is in de laatste 12 maanden een antitromboticum voorgeschreven?
waarom: Een bloedverdunner voorkomt bij de meeste mensen met een hart- of vaatziekte een volgend stolsel.
teller: Patiënten uit de noemer met een voorschrift uit de groep B01A in het venster.
noemer: Vast ingeschreven, 18 jaar of ouder, actieve episode uit de HVZ-lijst (K74, K75, K76, K89, K90.02, K90.03, K91, K92.01 of K99.01), minstens 12 maanden in het HVZ-programma met de huisarts als hoofdbehandelaar (of leeg).
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
vakgroep: diabetes-cvrm
aandoeningen: hvz
begrippen:
strata:
jaarcijfer:
bron: HIS-voorschriften en VIPLive-ketenzorg
referentie: NHG/InEen-indicatoren CVRM
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
    where care = 'hvz'
),

prescribed as (
    select
        patient_id,
        first_index,
        next_index
    from latest_prescriptions
    where medication = 'antitrombotica'
),

final as (
    select
        patients_in_care.practice_id,
        patients_in_care.area_id,
        patients_in_care.age_band,
        patients_in_care.sex,
        patients_in_care.period_start,
        count(prescribed.patient_id) as numerator,
        count(*) as denominator
    from patients_in_care
    left join prescribed
        on
            patients_in_care.patient_id = prescribed.patient_id
            and patients_in_care.period_index >= prescribed.first_index
            and patients_in_care.period_index < prescribed.next_index
            and patients_in_care.period_index < prescribed.first_index + 12
    group by
        patients_in_care.practice_id,
        patients_in_care.area_id,
        patients_in_care.age_band,
        patients_in_care.sex,
        patients_in_care.period_start
)

select * from final

/*
voorbeeld: een voorschrift op de eerste dag van het venster telt, een dag eerder niet; een middel buiten B01A telt niet
periode: 2022-11..2022-12

patients
patient_id | birth_year
1          | 1950
2          | 1950
3          | 1950
4          | 1950
5          | 1950

episodes
patient_id | icpc | start_date
1          | K74  | 2015-05-01
2          | K74  | 2015-05-01
3          | K74  | 2015-05-01
4          | K74  | 2015-05-01
5          | K74  | 2015-05-01

programmes
patient_id | programme | start_date
1          | HVZ       | 2016-01-01
2          | HVZ       | 2016-01-01
3          | HVZ       | 2016-01-01
4          | HVZ       | 2016-01-01
5          | HVZ       | 2016-01-01

prescriptions
patient_id | prescribed_on | atc
1          | 2022-01-01    | B01AC06
2          | 2021-12-31    | B01AC06
3          | 2022-06-01    | B02AA02
4          | 2022-12-31    | B01AF02
4          | 2022-06-01    | B01AC06
5          | 2022-06-01    | C10AA05

verwacht
period_start | numerator | denominator
2022-11-01   | 3         | 5
2022-12-01   | 2         | 5
*/
